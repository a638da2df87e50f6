import type { PrismaClient } from './prisma.ts'

/** The same write in both rivals: who presses, whether the vote is open, the choice. Answers with what is said to the press. */
export async function recordChoice(
  prisma: PrismaClient,
  accountId: number,
  [voteId = 0, question = 0, optionIndex = 0]: number[],
): Promise<string> {
  const link = await prisma.accountLink.findFirst({ where: { accountId: BigInt(accountId), endedAt: null } })
  const vote = await prisma.vote.findUnique({ where: { id: voteId }, select: { state: true } })
  if (!link || vote?.state !== 'open') return 'Đồng chí không biểu quyết được ở đây.'
  const { personId } = link
  const at = new Date()
  await prisma.voteChoice.upsert({
    where: { voteId_question_personId: { voteId, question, personId } },
    create: { voteId, question, personId, optionIndex, at },
    update: { optionIndex, at },
  })
  return 'Đã ghi biểu quyết của đồng chí.'
}
