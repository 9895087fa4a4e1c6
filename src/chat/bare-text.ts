const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const mentionOf = (name: string): RegExp => new RegExp(`[@＠]${escape(name)}`, 'gu');

/** A line as typed, without the mentions of the bot by these names. */
export const withoutMentions = (text: string, names: readonly string[]): string =>
  names.reduce((left, name) => left.replace(mentionOf(name), ' '), text).trim();
