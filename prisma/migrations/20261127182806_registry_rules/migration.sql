-- Rules of the registry that the schema files cannot say. Those over several rows are looked at when the transaction
-- ends, so that in it the order of ending, beginning and dissolving does not matter.

ALTER TABLE "OrganisationKind" ADD CONSTRAINT "organisation_kind_form"
  CHECK ("form" IN ('wardPartyOrg', 'grassrootsOrg', 'subCommitteeOrg', 'branch', 'partyGroup'));
ALTER TABLE "Organisation" ADD CONSTRAINT "organisation_kind"
  CHECK ("kind" IN ('wardPartyOrg', 'grassrootsOrg', 'subCommitteeOrg', 'branch', 'partyGroup'));
ALTER TABLE "Organisation" ADD CONSTRAINT "organisation_sector"
  CHECK ("sector" IN ('residential', 'police', 'school', 'agency', 'other'));
ALTER TABLE "Organisation" ADD CONSTRAINT "organisation_days" CHECK ("dissolvedOn" >= "openedOn");
ALTER TABLE "ResidentialGroup" ADD CONSTRAINT "residential_group_counts" CHECK ("households" >= 0 AND "residents" >= 0);
ALTER TABLE "DistinctPeople" ADD CONSTRAINT "distinct_people_in_order" CHECK ("firstId" < "secondId");
ALTER TABLE "RegistryImport" DROP CONSTRAINT "registry_import_state";
ALTER TABLE "RegistryImport" ADD CONSTRAINT "registry_import_state"
  CHECK ("state" IN ('waiting', 'confirmed', 'discarded', 'undone'));

-- The days of a stretch. One that ends before it begins was entered by mistake and never held.
CREATE FUNCTION "days_of"("from" date, "to" date) RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN "to" < "from" THEN 'empty'::daterange ELSE daterange("from", "to", '[]') END
$$;

-- Nobody is an official member of two branches on one day, or twice of one. A person's id is written as a range of one
-- number because ranges are what every PostgreSQL can exclude without an extension.
ALTER TABLE "Membership" ADD CONSTRAINT "membership_one_official_at_a_time"
  EXCLUDE USING gist (int4range("personId", "personId", '[]') WITH &&, "days_of"("from", "to") WITH &&)
  WHERE ("kind" = 'official') DEFERRABLE INITIALLY DEFERRED;
-- Nobody is an official and a probationary member on one day.
ALTER TABLE "MemberStatus" ADD CONSTRAINT "member_status_one_standing_at_a_time"
  EXCLUDE USING gist (int4range("personId", "personId", '[]') WITH &&, "days_of"("from", "to") WITH &&)
  WHERE ("kind" IN ('official', 'probationary')) DEFERRABLE INITIALLY DEFERRED;

-- A node hangs under a higher kind of node of its own ward, so a tree has no circle.
CREATE FUNCTION "rank_of_kind"("kind" text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT array_position(ARRAY['wardPartyOrg', 'grassrootsOrg', 'subCommitteeOrg', 'branch', 'partyGroup'], "kind")
$$;
CREATE FUNCTION "keep_tree"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "Organisation" child JOIN "Organisation" parent ON parent."id" = child."parentId"
    WHERE NEW."id" IN (child."id", parent."id") AND (
      parent."wardId" <> child."wardId" OR "rank_of_kind"(parent."kind") >= "rank_of_kind"(child."kind")
    )
  ) THEN
    RAISE EXCEPTION 'an organisation hangs under a higher one of its own ward';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "organisation_tree" AFTER INSERT OR UPDATE ON "Organisation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "keep_tree"();

-- Nobody belongs to, holds a post in, or keeps contact with an organisation after its last day. The share lock makes a
-- dissolution in another transaction wait, and be seen.
CREATE FUNCTION "refuse_after_dissolution"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_day date;
BEGIN
  SELECT "dissolvedOn" INTO last_day FROM "Organisation" WHERE "id" = NEW."organisationId" FOR SHARE;
  IF last_day IS NOT NULL AND NOT "days_of"(NEW."from", NEW."to") <@ daterange(NULL, last_day, '[]') THEN
    RAISE EXCEPTION '% in an organisation that is dissolved', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "membership_before_dissolution" AFTER INSERT OR UPDATE ON "Membership"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_after_dissolution"();
CREATE CONSTRAINT TRIGGER "position_before_dissolution" AFTER INSERT OR UPDATE ON "Position"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_after_dissolution"();
CREATE CONSTRAINT TRIGGER "liaison_before_dissolution" AFTER INSERT OR UPDATE ON "ResidenceLiaison"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_after_dissolution"();

CREATE FUNCTION "refuse_early_dissolution"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."dissolvedOn" IS NOT NULL AND EXISTS (
    SELECT 1 FROM (
      SELECT "organisationId", "from", "to" FROM "Membership"
      UNION ALL SELECT "organisationId", "from", "to" FROM "Position"
      UNION ALL SELECT "organisationId", "from", "to" FROM "ResidenceLiaison"
    ) stretch
    WHERE stretch."organisationId" = NEW."id"
      AND NOT "days_of"(stretch."from", stretch."to") <@ daterange(NULL, NEW."dissolvedOn", '[]')
  ) THEN
    RAISE EXCEPTION 'an organisation is dissolved once nobody belongs to it or holds a post in it';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "dissolution_after_the_last" AFTER UPDATE OF "dissolvedOn" ON "Organisation"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_early_dissolution"();

-- Whether two records both cast a vote in one ballot. A further kind of ballot replaces this function with one that
-- asks its own table too.
CREATE FUNCTION "voted_in_one_ballot"("one" int, "other" int) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM "VoteChoice" first JOIN "VoteChoice" second ON second."voteId" = first."voteId"
    WHERE first."personId" = "one" AND second."personId" = "other"
  )
$$;

-- A record is merged once, into one that stands itself, of the same ward, with whom it never voted side by side.
CREATE FUNCTION "keep_merge"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."mergedIntoId" IS NOT NULL THEN
    RAISE EXCEPTION 'a merged record stays merged';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM "Person" kept
    WHERE kept."id" = NEW."mergedIntoId" AND kept."id" <> NEW."id" AND kept."wardId" = NEW."wardId"
      AND kept."mergedIntoId" IS NULL
    FOR UPDATE
  ) OR EXISTS (SELECT 1 FROM "Person" WHERE "mergedIntoId" = NEW."id") THEN
    RAISE EXCEPTION 'a record is merged into one of its ward that stands itself';
  END IF;
  IF "voted_in_one_ballot"(NEW."id", NEW."mergedIntoId") THEN
    RAISE EXCEPTION 'two who voted in one ballot are two people';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "merge_of_one_person" BEFORE UPDATE OF "mergedIntoId" ON "Person"
  FOR EACH ROW WHEN (OLD."mergedIntoId" IS DISTINCT FROM NEW."mergedIntoId") EXECUTE FUNCTION "keep_merge"();
