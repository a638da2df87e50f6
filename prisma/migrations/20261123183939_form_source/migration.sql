-- AlterTable
ALTER TABLE "Form" ADD COLUMN     "source" TEXT;
