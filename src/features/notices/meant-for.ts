import type { Prisma } from '../../platform/prisma/client.ts'

/** What is read of a result to tell which branches read it. */
export const readersParts = {
  branchId: true,
  copies: { select: { branchId: true } },
} satisfies Prisma.NoticeEntrySelect

interface Readers {
  readonly branchId: number | null
  readonly copies: readonly { readonly branchId: number }[]
}

/** The branches that read a result: its person's on the day of issue, and those which had the one that it corrects. */
export function readersOf({ branchId, copies }: Readers): number[] {
  return [...(branchId === null ? [] : [branchId]), ...copies.map((copy) => copy.branchId)]
}

export function isMeantFor(entry: Readers, branchId: number): boolean {
  return readersOf(entry).includes(branchId)
}

/** The results that a branch reads. */
export function meantFor(branchId: number): Prisma.NoticeEntryWhereInput {
  return { OR: [{ branchId }, { copies: { some: { branchId } } }] }
}
