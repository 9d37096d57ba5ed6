/**
 * What the grid is given, as types alone.
 *
 * @typedef {{name: string, title?: string, description?: string, type: string, unit?: string,
 *   values?: Record<string, string>}} Described    a column of the outline
 * @typedef {{title: string, rows: number, columns: Described[], language?: string, [more: string]: unknown}} Outline
 * @typedef {{column: string, test: string, values?: readonly string[], text?: string, low?: string, high?: string,
 *   bounds?: number[], tz?: string, calendar?: string}} Filter
 * @typedef {{column: string, isDown: boolean}} Sort
 * @typedef {{filters: Filter[], sort: Sort[], columns: string[] | null,
 *   row: number | null}} State    what of it the grid looks at
 * @typedef {EventTarget & {state: State, change(part: Partial<State>, how?: {replace?: boolean}): void}} Store
 * @typedef {{value: string, rows: number, all?: number}} Top
 * @typedef {{top?: Top[], least?: string | null, greatest?: string | null}} Summary
 * @typedef {{start?: number, cells: (string | null)[][], places: ArrayLike<number>}} Portion
 * @typedef {EventTarget & {
 *   view(asked: {filters: Filter[], sort: Sort[]}): Promise<{rows: number, all: number}>,
 *   rows(start: number, end: number, names: string[]): Promise<Portion>,
 *   find(place: number): Promise<number>,
 *   summaries(names: string[]): Promise<Record<string, Summary>>,
 * }} Session
 * @typedef {(key: string, values?: Record<string, string | number>) => string} Say
 * @typedef {{session: Session, outline: Outline, store: Store, say: Say}} Given
 */

export {};
