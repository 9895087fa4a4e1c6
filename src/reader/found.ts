/** A person named in the line. */
export interface PersonName {
  start: number;
  end: number;
  name: string;
  kind: 'contact' | 'companion' | 'official';
}

/** A place or organisation as spoken. */
export interface Spot {
  start: number;
  end: number;
  kind: 'place' | 'organisation';
  name: string;
}

/** What is looked for once in a line, when first asked for. */
export interface Found {
  names: PersonName[] | null;
  spots: Spot[] | null;
}
