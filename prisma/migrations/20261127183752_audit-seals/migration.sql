-- CreateTable
CREATE TABLE "AuditSeal" (
    "number" INTEGER NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditSeal_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "AuditSealEntry" (
    "entryId" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "AuditSealEntry_pkey" PRIMARY KEY ("entryId")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditSeal_hash_key" ON "AuditSeal"("hash");

-- CreateIndex
CREATE INDEX "AuditSealEntry_number_idx" ON "AuditSealEntry"("number");

-- AddForeignKey
ALTER TABLE "AuditSealEntry" ADD CONSTRAINT "AuditSealEntry_number_fkey" FOREIGN KEY ("number") REFERENCES "AuditSeal"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The audit and its seals are only ever added to; TRUNCATE empties a table past the triggers of its rows.
CREATE TRIGGER "audit_not_emptied" BEFORE TRUNCATE ON "AuditEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "seal_only_added_to" BEFORE UPDATE OR DELETE ON "AuditSeal"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "seals_not_emptied" BEFORE TRUNCATE ON "AuditSeal"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "seal_entry_only_added_to" BEFORE UPDATE OR DELETE ON "AuditSealEntry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "seal_entries_not_emptied" BEFORE TRUNCATE ON "AuditSealEntry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
