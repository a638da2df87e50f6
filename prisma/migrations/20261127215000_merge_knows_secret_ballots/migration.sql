-- Two who are known to have cast in one ballot: by their choices, by their sealed ballots while these lie in the box, and, once
-- nobody knows whose a ballot is, because everybody on the roll has cast.
CREATE OR REPLACE FUNCTION "voted_in_one_ballot"("one" int, "other" int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "VoteChoice" first JOIN "VoteChoice" second ON second."voteId" = first."voteId"
    WHERE first."personId" = "one" AND second."personId" = "other"
  ) OR EXISTS (
    SELECT 1 FROM "SealedBallot" first JOIN "SealedBallot" second ON second."voteId" = first."voteId"
    WHERE first."personId" = "one" AND second."personId" = "other"
  ) OR EXISTS (
    SELECT 1 FROM "BallotBox" box
      JOIN "VoteRoll" first ON first."voteId" = box."voteId" AND first."personId" = "one"
      JOIN "VoteRoll" second ON second."voteId" = box."voteId" AND second."personId" = "other"
    WHERE box."cast" = (SELECT count(*) FROM "VoteRoll" roll WHERE roll."voteId" = box."voteId")
  )
$$;
