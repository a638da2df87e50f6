import {
  AlignmentType,
  BorderStyle,
  Document,
  type FileChild,
  ImageRun,
  type IRunOptions,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'

/** Who issues a paper and under what number; lines of text, ready to print. */
export interface DocumentHead {
  /** The organisation above the issuer. */
  superior: string
  issuer: string
  /** `Số 12-TB/ĐU`; empty for a paper without a number. */
  number: string
  /** `ĐẢNG CỘNG SẢN VIỆT NAM`: papers of the Party do not use the State's motto. */
  motto: string
  /** `Long Biên, ngày 05 tháng 02 năm 2021` */
  placeAndDate: string
}

/** Who signs, each name under an authority and a post; several stand side by side. */
export interface Signature {
  /** `T/M BAN THƯỜNG VỤ`, where one signs for a body. */
  authority?: string
  post: string
  name: string
}

export type DocumentPart =
  | { kind: 'paragraph'; text: string; bold?: boolean; italic?: boolean; align?: 'left' | 'center' | 'right' }
  | { kind: 'heading'; text: string }
  | { kind: 'item'; text: string }
  /** The first row is the head. `widths` are shares of the page's width, one a column. */
  | { kind: 'table'; rows: readonly (readonly string[])[]; widths?: readonly number[] }
  /** A PNG, its size in points. */
  | { kind: 'image'; png: Uint8Array; width: number; height: number }
  /** A strip to be cut off: a square PNG of that size in points, lines beside it; never across two pages. */
  | { kind: 'strip'; png: Uint8Array; size: number; title: string; lines: readonly string[] }
  /** What follows stands on a new page. */
  | { kind: 'pageBreak' }
  | { kind: 'signatures'; signatures: readonly Signature[] }

export interface PartyDocument {
  head?: DocumentHead
  /** `THÔNG BÁO`, `BIÊN BẢN` */
  type: string
  /** The line below the type; empty for none. */
  summary: string
  body: readonly DocumentPart[]
  /** Where it is sent to; printed beside the first signature. */
  recipients?: { label: string; lines: readonly string[] }
  signatures?: readonly Signature[]
}

/** Writes a paper of the Party as .docx, on A4, in the form of HD 36-HD/VPTW (2018). */
export async function writeDocument(paper: PartyDocument): Promise<Uint8Array> {
  const children: FileChild[] = [
    ...(paper.head ? [headOf(paper.head), line('')] : []),
    line(paper.type, { bold: true, size: points(16) }, 'center'),
    ...(paper.summary === '' ? [] : [line(paper.summary, { bold: true }, 'center')]),
    line(''),
    ...paper.body.flatMap(partOf),
    ...(paper.signatures || paper.recipients ? [line(''), footOf(paper)] : []),
  ]
  const file = new Document({
    creator: '',
    styles: { default: { document: { run: { font: 'Times New Roman', size: points(14) } } } },
    sections: [{ properties: { page: { size: a4, margin: margins } }, children }],
  })
  return new Uint8Array(await Packer.toBuffer(file))
}

/** Lengths of the format: half-points for letters, twentieths of a point for pages. */
const points = (size: number) => size * 2
/** Pictures are measured in dots of a screen, 96 to the inch. */
const pixels = (size: number) => Math.round((size * 96) / 72)
const twentieths = (millimetres: number) => Math.round((millimetres / 25.4) * 1440)
const a4 = { width: twentieths(210), height: twentieths(297) }
const margins = { top: twentieths(20), bottom: twentieths(20), left: twentieths(30), right: twentieths(15) }
const textWidth = a4.width - margins.left - margins.right

type Align = 'left' | 'center' | 'right' | 'justified'
const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justified: AlignmentType.JUSTIFIED,
} as const

function line(text: string, run: IRunOptions = {}, align: Align = 'left', indented = false): Paragraph {
  return new Paragraph({
    alignment: alignments[align],
    spacing: { after: 60 },
    ...(indented ? { indent: { firstLine: twentieths(10) } } : {}),
    children: text
      .split('\n')
      .map((part, index) => new TextRun({ ...run, text: part, ...(index > 0 ? { break: 1 } : {}) })),
  })
}

function partOf(part: DocumentPart): FileChild[] {
  switch (part.kind) {
    case 'paragraph': {
      const { bold = false, italic = false, align } = part
      return [line(part.text, { bold, italics: italic }, align ?? 'justified', align === undefined)]
    }
    case 'heading':
      return [line(part.text, { bold: true })]
    case 'item':
      return [line(`- ${part.text}`, {}, 'justified', true)]
    case 'table':
      return [tableOf(part.rows, part.widths), line('')]
    case 'image': {
      const transformation = { width: part.width, height: part.height }
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new ImageRun({ type: 'png', data: part.png, transformation })],
        }),
      ]
    }
    case 'strip':
      return [stripOf(part), line('')]
    case 'pageBreak':
      return [new Paragraph({ pageBreakBefore: true, children: [] })]
    case 'signatures':
      return [columns(part.signatures.map(signed))]
  }
}

function headOf(head: DocumentHead): Table {
  return columns([
    [
      line(head.superior, {}, 'center'),
      line(head.issuer, { bold: true }, 'center'),
      line('*', {}, 'center'),
      line(head.number, {}, 'center'),
    ],
    [
      line(head.motto, { bold: true, underline: {} }, 'center'),
      line(''),
      line(head.placeAndDate, { italics: true }, 'center'),
    ],
  ])
}

function footOf({ recipients, signatures = [] }: PartyDocument): Table {
  const left = recipients
    ? [
        [
          line(recipients.label, { underline: {}, size: points(12) }),
          ...recipients.lines.map((one) => line(`- ${one}`, { size: points(12) })),
        ],
      ]
    : []
  return columns([...left, ...signatures.map(signed)])
}

/** Room for the hand between the post and the name. */
function signed({ authority, post, name }: Signature): Paragraph[] {
  return [
    ...(authority ? [line(authority, { bold: true }, 'center')] : []),
    line(post, {}, 'center'),
    ...Array.from({ length: 3 }, () => line('')),
    line(name, { bold: true }, 'center'),
  ]
}

/** Texts side by side, without lines between. */
function columns(cells: Paragraph[][]): Table {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const borders = { top: none, bottom: none, left: none, right: none }
  const width = Math.floor(textWidth / Math.max(1, cells.length))
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: cells.map(() => width),
    borders: { ...borders, insideHorizontal: none, insideVertical: none },
    rows: [new TableRow({ children: cells.map((children) => new TableCell({ borders, children })) })],
  })
}

function stripOf({ png, size, title, lines }: Extract<DocumentPart, { kind: 'strip' }>): Table {
  const dashed = { style: BorderStyle.DASHED, size: 4, color: 'auto' }
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const edges = { top: dashed, bottom: dashed }
  const picture = new ImageRun({
    type: 'png',
    data: png,
    transformation: { width: pixels(size), height: pixels(size) },
  })
  const beside = [line(title, { bold: true }), ...lines.map((one) => line(one, { size: points(13) }))]
  const pictureWidth = size * 20 + 160
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: [pictureWidth, textWidth - pictureWidth],
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            borders: { ...edges, left: dashed, right: none },
            children: [new Paragraph({ children: [picture] })],
          }),
          new TableCell({
            borders: { ...edges, left: none, right: dashed },
            verticalAlign: VerticalAlign.CENTER,
            children: beside,
          }),
        ],
      }),
    ],
  })
}

function tableOf(rows: readonly (readonly string[])[], shares?: readonly number[]): Table {
  const count = Math.max(1, ...rows.map((row) => row.length))
  const weights = shares ?? Array.from({ length: count }, () => 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: weights.map((weight) => Math.floor((textWidth * weight) / total)),
    rows: rows.map(
      (row, nth) =>
        new TableRow({
          tableHeader: nth === 0,
          cantSplit: true,
          children: row.map(
            (text) =>
              new TableCell({
                verticalAlign: VerticalAlign.CENTER,
                margins: { left: 80, right: 80 },
                children: [line(text, { bold: nth === 0, size: points(13) }, nth === 0 ? 'center' : 'left')],
              }),
          ),
        }),
    ),
  })
}
