DROP TRIGGER "record_adds_up" ON "VoteRecordQuestion";
DROP FUNCTION "check_record_question"();

-- At the statement that writes the counts, not at the commit: a commit that fails is not told to everybody who waits for it.
CREATE FUNCTION "check_record_counts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "VoteRecordQuestion" q JOIN "VoteRecord" r ON r."voteId" = q."voteId" AND r."number" = q."record"
    WHERE (q."voteId", q."record", q."question") IN (SELECT "voteId", "record", "question" FROM added)
      AND r."valid" <> q."blank" + (SELECT sum(c."count") FROM "VoteRecordCount" c
        WHERE c."voteId" = q."voteId" AND c."record" = q."record" AND c."question" = q."question")
  ) THEN
    RAISE EXCEPTION 'votes and blanks do not make the valid ballots';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "record_adds_up" AFTER INSERT ON "VoteRecordCount" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "check_record_counts"();
