/** An option of a command: `--name VALUE`, or a switch when it takes no value. */
export interface Option {
  /** The placeholder of its value in the help, `FILE`; absent: a switch. */
  readonly value?: string;
  /** One sentence for the help; units and default included. */
  readonly doc: string;
  /** Further lines for the help, already wrapped. */
  readonly details?: string;
}

/** What stands on the command line, checked against the command's own description. */
export interface Arguments {
  /** One for each of the command's operands, in their order. */
  readonly operands: readonly string[];
  /** The value of an option, `''` for a switch that is on, undefined when it is absent. */
  option(name: string): string | undefined;
  /** Whether a switch is on, or an option with a value present. */
  has(name: string): boolean;
}

/** Where a command writes, and how it is told to stop. Tests give their own. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress and warnings. */
  err(text: string): void;
  /** Whether `err` is a terminal, so that a progress bar may redraw its line. */
  readonly interactive: boolean;
  /** Width of it in characters. */
  readonly columns: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The folder for all state: `--home`, or LANTERN_HOME, or `.lantern` in the current folder. */
  readonly home: string;
  /** Where Geant4's surface data are, of the environment: G4REALSURFACEDATA, G4DICHROICDATA. */
  readonly realSurfaceFolder?: string | undefined;
  readonly dichroicFile?: string | undefined;
  /** Servers of conditions, apart by commas, of the environment: LANTERN_SERVER; and the token for them: LANTERN_TOKEN. */
  readonly server?: string | undefined;
  readonly token?: string | undefined;
}

/** A command of `lantern`: described once, from which its parsing and its help are made. */
export interface Command {
  /** As typed: `simulate`, `geometry info`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of the operands, all required: `['GEOMETRY']`. */
  readonly operands: readonly string[];
  /** By name without dashes. `help`, `debug`, `home` are every command's and not listed here. */
  readonly options: Readonly<Record<string, Option>>;
  /** Complete command lines, each with what it does. */
  readonly examples: readonly (readonly [commandLine: string, doc: string])[];
  /** More for the help, paragraphs already wrapped. */
  readonly notes?: string;
  /** @returns the exit code: 0, or 1 when the answer is no (a check that found something) */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}
