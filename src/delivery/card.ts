/** A button: pressing it is the same as the presser saying `says`. */
export interface Button {
  /** What stands on it; at most 10 characters. */
  label: string;
  /** A whole line as it could be typed, e.g. '/报名 A23'; at most 60 characters. */
  says: string;
}

/**
 * Buttons under a message. The text beside it says everything by itself: a platform, or a way out, that cannot show
 * buttons sends the text alone.
 */
export interface Card {
  /** What it is about, e.g. an activity's title; at most 36 characters are shown. */
  title: string;
  /** One to three. */
  buttons: readonly Button[];
}
