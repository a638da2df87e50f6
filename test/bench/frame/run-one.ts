import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Benchmark } from './rows.ts'

/** Runs the benchmark file that it is given, in this process, and hands its rows to the parent. */
const file = resolve(import.meta.dirname, '..', process.argv[2] ?? '')
const { default: measure }: { default: Benchmark } = await import(pathToFileURL(join(file)).href)
process.send?.(await measure(), () => process.exit())
