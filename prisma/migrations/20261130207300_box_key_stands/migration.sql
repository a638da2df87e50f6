-- A box is made for a draft and never taken away or given to another ballot: so its key is not replaced either by deleting the row
-- and writing another.
CREATE FUNCTION "refuse_other_box"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a box is not taken away';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."voteId" <> OLD."voteId" THEN
    RAISE EXCEPTION 'a box is not changed';
  END IF;
  IF TG_OP = 'INSERT' AND NOT EXISTS (
    SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "kind" = 'secret' AND "state" = 'draft'
  ) THEN
    RAISE EXCEPTION 'a box is made for a draft';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER "box_key_stands" BEFORE INSERT OR UPDATE OF "voteId" OR DELETE ON "BallotBox"
  FOR EACH ROW EXECUTE FUNCTION "refuse_other_box"();

-- Statistics keep samples of a column on disk after its rows are gone: none are taken of sealed ballots.
ALTER TABLE "SealedBallot" ALTER COLUMN "content" SET STATISTICS 0;
