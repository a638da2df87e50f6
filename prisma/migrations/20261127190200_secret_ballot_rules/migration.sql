ALTER TABLE "BallotBox" ADD CONSTRAINT "ballot_box_key"
  CHECK (octet_length("publicKey") = 32 AND "needed" >= 2 AND "joined" BETWEEN 0 AND "cast");
ALTER TABLE "SealedBallot" ADD CONSTRAINT "sealed_ballot_content" CHECK (octet_length("content") > 48);
ALTER TABLE "PlainBallot" ADD CONSTRAINT "plain_ballot_marks" CHECK ("number" >= 1 AND "marks" ~ '^[0-4]{1,100}$');

-- The slot is open while the ballot is; a closed box takes nothing.
CREATE FUNCTION "refuse_late_ballot"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "state" = 'open' AND "kind" = 'secret') THEN
    RAISE EXCEPTION 'the box takes no ballots';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "no_late_ballot" BEFORE INSERT OR UPDATE ON "SealedBallot"
  FOR EACH ROW EXECUTE FUNCTION "refuse_late_ballot"();

-- A box has one key from first to last, and its turnout is counted once.
CREATE FUNCTION "keep_box"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."publicKey" <> OLD."publicKey" OR NEW."needed" <> OLD."needed"
    OR (OLD."cast" IS NOT NULL AND (NEW."cast", NEW."joined") IS DISTINCT FROM (OLD."cast", OLD."joined")) THEN
    RAISE EXCEPTION 'a box is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "box_stands" BEFORE UPDATE ON "BallotBox" FOR EACH ROW EXECUTE FUNCTION "keep_box"();

-- Opened ballots come from a closed box, and are neither changed nor taken away.
CREATE FUNCTION "refuse_early_opening"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "state" = 'closed') THEN
    RAISE EXCEPTION 'the box is not closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "no_early_opening" BEFORE INSERT ON "PlainBallot" FOR EACH ROW EXECUTE FUNCTION "refuse_early_opening"();
CREATE TRIGGER "plain_ballots_only_added_to" BEFORE UPDATE OR DELETE ON "PlainBallot"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A secret ballot is not opened for casting without a box, and leaves nothing sealed behind.
CREATE FUNCTION "check_box"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."state" = 'open' AND NOT EXISTS (SELECT 1 FROM "BallotBox" WHERE "voteId" = NEW."id") THEN
    RAISE EXCEPTION 'a secret ballot needs a box';
  END IF;
  IF NEW."state" = 'closed' AND NOT EXISTS (SELECT 1 FROM "BallotBox" WHERE "voteId" = NEW."id" AND "cast" IS NOT NULL) THEN
    RAISE EXCEPTION 'a box is closed with its turnout';
  END IF;
  IF NEW."state" IN ('opened', 'void') AND EXISTS (SELECT 1 FROM "SealedBallot" WHERE "voteId" = NEW."id") THEN
    RAISE EXCEPTION 'sealed ballots are left';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "secret_ballot_has_box" BEFORE UPDATE OF "state" ON "Vote"
  FOR EACH ROW WHEN (NEW."kind" = 'secret' AND NEW."state" <> OLD."state") EXECUTE FUNCTION "check_box"();
