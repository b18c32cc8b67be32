/** Told what is going on during something long: one short line each time, at most one a second. */
export type Progress = (line: string) => void;
