-- DropIndex
DROP INDEX "AuditSealEntry_number_idx";

-- CreateIndex
CREATE INDEX "AuditSealEntry_number_entryId_idx" ON "AuditSealEntry"("number", "entryId");
