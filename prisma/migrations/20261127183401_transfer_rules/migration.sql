-- What a transfer may be, whoever writes it.
ALTER TABLE "TransferPlan" ADD CONSTRAINT "transfer_plan_state" CHECK ("state" IN ('draft', 'confirmed', 'discarded'));
ALTER TABLE "TransferPlan" ADD CONSTRAINT "transfer_plan_days" CHECK ("effectiveOn" >= "instrumentOn");
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_kind" CHECK ("kind" IN ('internal', 'official', 'temporary'));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_state"
  CHECK ("state" IN ('proposed', 'reviewed', 'introduced', 'received', 'done', 'sentBack', 'cancelled'));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_leads_somewhere_else"
  CHECK (("toId" IS NULL) <> ("toName" IS NULL) AND "toId" IS DISTINCT FROM "fromId");
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_internal_stays_in_ward" CHECK ("kind" <> 'internal' OR "toId" IS NOT NULL);
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_temporary_ends" CHECK (("kind" = 'temporary') = ("until" IS NOT NULL));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_introduced_by_paper" CHECK (
  "state" NOT IN ('introduced', 'received', 'done') OR (
    "instrumentNumber" IS NOT NULL AND "instrumentOn" IS NOT NULL AND "effectiveOn" >= "instrumentOn"
    AND "introducedOn" IS NOT NULL));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_moves_when_received" CHECK (
  "state" NOT IN ('received', 'done') OR (
    "receivedOn" IS NOT NULL AND "movesOn" >= "effectiveOn" AND "movesOn" > "receivedOn"
    AND ("until" IS NULL OR "until" >= "movesOn")));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_is_over_when_it_says_so" CHECK (
  ("state" = 'done') = ("movedAt" IS NOT NULL) AND ("state" IN ('sentBack', 'cancelled')) = ("endedAt" IS NOT NULL));
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_ends_with_reason" CHECK ("state" NOT IN ('sentBack', 'cancelled') OR "reason" IS NOT NULL);
ALTER TABLE "Transfer" ADD CONSTRAINT "transfer_fees_month" CHECK ("feesPaidThrough" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

-- Nobody is sent from a branch they are not in, to one that is dissolved, or before their last move.
CREATE FUNCTION "check_transfer"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE since date;
BEGIN
  IF NEW."state" NOT IN ('proposed', 'reviewed', 'introduced', 'received') THEN RETURN NEW; END IF;
  SELECT "from" INTO since FROM "Membership"
    WHERE "personId" = NEW."personId" AND "organisationId" = NEW."fromId" AND "kind" = 'official' AND "to" IS NULL;
  IF since IS NULL THEN RAISE EXCEPTION 'transfer: not a member of the leaving branch'; END IF;
  IF NEW."effectiveOn" <= since THEN RAISE EXCEPTION 'transfer: dated before the previous one ended'; END IF;
  IF EXISTS (SELECT 1 FROM "Organisation" WHERE "id" = NEW."toId" AND "dissolvedOn" IS NOT NULL) THEN
    RAISE EXCEPTION 'transfer: the receiving branch is dissolved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "transfer_holds" BEFORE INSERT OR UPDATE ON "Transfer"
  FOR EACH ROW EXECUTE FUNCTION "check_transfer"();

-- A transfer that has ended stands as it ended.
CREATE FUNCTION "keep_ended_transfer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" IN ('done', 'sentBack', 'cancelled') AND (
    TG_OP = 'DELETE'
    OR (NEW."state", NEW."personId", NEW."fromId", NEW."toId", NEW."movesOn", NEW."reason")
      IS DISTINCT FROM (OLD."state", OLD."personId", OLD."fromId", OLD."toId", OLD."movesOn", OLD."reason")
  ) THEN
    RAISE EXCEPTION 'a transfer that has ended is not changed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ended_transfer_stands" BEFORE UPDATE OR DELETE ON "Transfer"
  FOR EACH ROW EXECUTE FUNCTION "keep_ended_transfer"();

-- A branch is dissolved with nothing under way; that nobody belongs to it any more is the registry's rule.
CREATE FUNCTION "check_dissolution"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."dissolvedOn" IS NOT NULL OR NEW."dissolvedOn" IS NULL THEN RETURN NEW; END IF;
  IF EXISTS (SELECT 1 FROM "Transfer" WHERE NEW."id" IN ("fromId", "toId")
    AND "state" IN ('proposed', 'reviewed', 'introduced', 'received')) THEN
    RAISE EXCEPTION 'dissolution: a transfer is under way';
  END IF;
  IF EXISTS (SELECT 1 FROM "Task" WHERE "branchId" = NEW."id" AND "state" NOT IN ('accepted', 'cancelled')) THEN
    RAISE EXCEPTION 'dissolution: a task is open';
  END IF;
  IF EXISTS (SELECT 1 FROM "Vote" WHERE "branchId" = NEW."id" AND "state" IN ('draft', 'open', 'closed')) THEN
    RAISE EXCEPTION 'dissolution: a vote is open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "dissolved_empty" BEFORE UPDATE OF "dissolvedOn" ON "Organisation"
  FOR EACH ROW EXECUTE FUNCTION "check_dissolution"();
