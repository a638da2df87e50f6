import { parentPort, workerData } from 'node:worker_threads'
import { laidOut, type WrittenSheet } from './workbook-layout.ts'

// The thread in which a large workbook is written: it gets the sheets as its data, answers with the bytes of the file and ends.

const bytes = await laidOut(workerData as WrittenSheet[])
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
