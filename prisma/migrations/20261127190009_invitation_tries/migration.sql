-- AlterTable
ALTER TABLE "AccessCode" ADD COLUMN     "triedSource" TEXT,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- The third wrong year of birth ends an invitation.
ALTER TABLE "AccessCode" ADD CONSTRAINT "access_code_tries" CHECK ("tries" BETWEEN 0 AND 3);
