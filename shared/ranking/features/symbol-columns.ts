import type { RowColumn } from './names.js';

/** The part of a column that belongs to one symbol; writing to it writes to the table. */
export type SymbolColumns = (name: RowColumn) => Float64Array;
