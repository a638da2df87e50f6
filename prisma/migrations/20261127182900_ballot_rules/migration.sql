-- Words and numbers that a ballot may hold.
ALTER TABLE "Vote" ADD CONSTRAINT "vote_state" CHECK ("state" IN ('draft', 'open', 'closed', 'opened', 'published', 'void'));
ALTER TABLE "Vote" ADD CONSTRAINT "vote_kind" CHECK ("kind" IN ('open', 'secret', 'paper'));
ALTER TABLE "Vote" ADD CONSTRAINT "vote_method" CHECK ("method" = 'app' OR ("method" = 'hand' AND "kind" = 'open'));
ALTER TABLE "Vote" ADD CONSTRAINT "vote_subject"
  CHECK ("subject" = 'question' OR ("subject" = 'classification' AND "period" IS NOT NULL));
-- The bot's vote is a ballot only by a paper of the ward; slips and hands are one without it.
ALTER TABLE "Vote" ADD CONSTRAINT "vote_standing" CHECK (
  "standing" = 'poll' OR ("standing" = 'ballot' AND ("instrument" IS NOT NULL OR "kind" = 'paper' OR "method" = 'hand')));
ALTER TABLE "VoteSheet" ADD CONSTRAINT "vote_sheet_sums" CHECK (
  "valid" >= 0 AND "invalid" >= 0 AND "valid" + "invalid" = "returned" AND "returned" <= "issued"
  AND "joined" BETWEEN 0 AND "returned");
ALTER TABLE "VoteSheetCount" ADD CONSTRAINT "vote_sheet_count" CHECK ("count" >= 0);
ALTER TABLE "VoteRecord" ADD CONSTRAINT "vote_record_sums" CHECK (
  "valid" >= 0 AND "invalid" >= 0 AND "valid" + "invalid" = "voted" AND "voted" <= "issued"
  AND "enteredCount" BETWEEN 0 AND "voted");
ALTER TABLE "VoteRecord" ADD CONSTRAINT "vote_record_reason" CHECK (("number" = 1) = ("reason" IS NULL));
ALTER TABLE "VoteRecordQuestion" ADD CONSTRAINT "vote_record_outcome" CHECK (
  "blank" >= 0 AND "outcome" IN ('carried', 'tie', 'undecided', 'noQuorum')
  AND ("outcome" = 'carried') = ("carried" IS NOT NULL));
ALTER TABLE "VoteRecordCount" ADD CONSTRAINT "vote_record_count" CHECK ("count" >= 0);

-- A ballot only goes forward, and stays what it is: no reopening, no other kind, no other rules once the roll is frozen.
CREATE FUNCTION "keep_ballot"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."branchId", NEW."number", NEW."kind", NEW."method", NEW."subject")
    IS DISTINCT FROM (OLD."branchId", OLD."number", OLD."kind", OLD."method", OLD."subject") THEN
    RAISE EXCEPTION 'a ballot stays what it is';
  END IF;
  IF NEW."state" <> OLD."state" AND NOT (OLD."state", NEW."state") IN (
    ('draft', 'open'), ('draft', 'void'), ('open', 'closed'), ('open', 'void'), ('closed', 'opened'), ('closed', 'void'),
    ('opened', 'published')) THEN
    RAISE EXCEPTION 'a ballot does not go from % to %', OLD."state", NEW."state";
  END IF;
  IF OLD."state" <> 'draft' AND (NEW."title", NEW."period", NEW."standing", NEW."instrument", NEW."packId", NEW."packHash",
      NEW."pack"::text, NEW."round", NEW."openedAt")
    IS DISTINCT FROM (OLD."title", OLD."period", OLD."standing", OLD."instrument", OLD."packId", OLD."packHash",
      OLD."pack"::text, OLD."round", OLD."openedAt") THEN
    RAISE EXCEPTION 'what an opened ballot asks, and by which rules, is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ballot_stands" BEFORE UPDATE ON "Vote" FOR EACH ROW EXECUTE FUNCTION "keep_ballot"();

-- The roll and the questions are frozen by the opening. When somebody was reminded may be written down.
CREATE FUNCTION "keep_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vote integer := CASE WHEN TG_OP = 'DELETE' THEN OLD."voteId" ELSE NEW."voteId" END;
BEGIN
  IF TG_TABLE_NAME = 'VoteRoll' AND TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'remindedAt') = (to_jsonb(OLD) - 'remindedAt') THEN
    RETURN NEW;
  END IF;
  IF EXISTS (SELECT 1 FROM "Vote" WHERE "id" = vote AND "state" <> 'draft') THEN
    RAISE EXCEPTION '% of an opened ballot is not changed', TG_TABLE_NAME;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "roll_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "VoteRoll"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();
CREATE TRIGGER "left_out_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "VoteLeftOut"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();
CREATE TRIGGER "questions_frozen" BEFORE INSERT OR DELETE ON "VoteQuestion"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();
CREATE TRIGGER "options_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "VoteOption"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();
CREATE TRIGGER "tellers_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "VoteTeller"
  FOR EACH ROW EXECUTE FUNCTION "keep_frozen"();

-- Choices by name are for open votes in the app, and for no others.
CREATE OR REPLACE FUNCTION "refuse_late_choice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "state" = 'open' AND "kind" = 'open' AND "method" = 'app'
  ) THEN
    RAISE EXCEPTION 'the vote takes no choices';
  END IF;
  RETURN NEW;
END $$;

-- Who is on the paper does not count it, unless the ballot says that nobody else was left.
CREATE FUNCTION "refuse_own_count"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "Vote" v JOIN "VoteQuestion" q ON q."voteId" = v."id"
    WHERE v."id" = NEW."voteId" AND NOT v."tellersOnBallot" AND q."personId" = NEW."personId"
  ) THEN
    RAISE EXCEPTION 'nobody on the paper counts it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "teller_not_on_ballot" BEFORE INSERT OR UPDATE ON "VoteTeller"
  FOR EACH ROW EXECUTE FUNCTION "refuse_own_count"();

-- Slips and hands never exceed the roll, and are for paper and for votes held wholly by hand.
CREATE FUNCTION "check_sheet"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Vote" WHERE "id" = NEW."voteId" AND "state" <> 'draft' AND ("kind" = 'paper' OR "method" = 'hand')
  ) THEN
    RAISE EXCEPTION 'this vote takes no counts';
  END IF;
  IF NEW."issued" > (SELECT count(*) FROM "VoteRoll" WHERE "voteId" = NEW."voteId") THEN
    RAISE EXCEPTION 'more slips than voters';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "sheet_fits_roll" BEFORE INSERT OR UPDATE ON "VoteSheet"
  FOR EACH ROW EXECUTE FUNCTION "check_sheet"();

CREATE FUNCTION "check_sheet_count"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum("count") FROM "VoteSheetCount" WHERE "voteId" = NEW."voteId" AND "question" = NEW."question")
    > (SELECT "valid" FROM "VoteSheet" WHERE "voteId" = NEW."voteId") THEN
    RAISE EXCEPTION 'more votes than valid slips';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "sheet_count_fits" AFTER INSERT OR UPDATE ON "VoteSheetCount"
  FOR EACH ROW EXECUTE FUNCTION "check_sheet_count"();

-- Two of the tally team, no others, confirm a count of paper.
CREATE FUNCTION "check_confirmation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM "VoteTeller" WHERE "voteId" = NEW."voteId" AND "personId" = NEW."personId") THEN
    RAISE EXCEPTION 'only the tally team confirms and signs';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "confirmed_by_tellers" BEFORE INSERT OR UPDATE ON "VoteSheetConfirmation"
  FOR EACH ROW EXECUTE FUNCTION "check_confirmation"();
CREATE TRIGGER "signed_by_tellers" BEFORE INSERT ON "VoteSignature"
  FOR EACH ROW EXECUTE FUNCTION "check_confirmation"();

-- Records are only ever added to, and each adds up.
CREATE TRIGGER "records_only_added_to" BEFORE UPDATE OR DELETE ON "VoteRecord"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_questions_only_added_to" BEFORE UPDATE OR DELETE ON "VoteRecordQuestion"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_counts_only_added_to" BEFORE UPDATE OR DELETE ON "VoteRecordCount"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "signatures_only_added_to" BEFORE UPDATE OR DELETE ON "VoteSignature"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "check_record_question"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum("count"), 0) + NEW."blank" FROM "VoteRecordCount"
        WHERE "voteId" = NEW."voteId" AND "record" = NEW."record" AND "question" = NEW."question")
    <> (SELECT "valid" FROM "VoteRecord" WHERE "voteId" = NEW."voteId" AND "number" = NEW."record") THEN
    RAISE EXCEPTION 'votes and blanks do not make the valid ballots';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "record_adds_up" AFTER INSERT ON "VoteRecordQuestion" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "check_record_question"();

CREATE FUNCTION "check_record"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."issued" > (SELECT count(*) FROM "VoteRoll" WHERE "voteId" = NEW."voteId") THEN
    RAISE EXCEPTION 'more ballots than voters';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "record_fits_roll" BEFORE INSERT ON "VoteRecord" FOR EACH ROW EXECUTE FUNCTION "check_record"();
