-- AlterTable
ALTER TABLE "CourierLease" ADD COLUMN     "beat" BIGINT NOT NULL DEFAULT 0,
ALTER COLUMN "until" SET DEFAULT CURRENT_TIMESTAMP;

-- The holder of a lease counts up "beat"; nobody reads a clock any more. Programs of the version before renew and read
-- "until" and know no beat. While programs are renewed one by one both kinds share the leases, so each sees the other's signs.
CREATE FUNCTION lease_shows_signs() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW."beat" = OLD."beat" THEN
        NEW."beat" := OLD."beat" + 1;
    END IF;
    NEW."until" := now() + CASE WHEN NEW."holder" = '' THEN interval '-1 second' ELSE interval '6 seconds' END;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER lease_shows_signs BEFORE INSERT OR UPDATE ON "CourierLease"
    FOR EACH ROW EXECUTE FUNCTION lease_shows_signs();
