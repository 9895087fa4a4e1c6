const mostMentions = 50;

/** User ids that may be @-mentioned: no '@all' and nothing that is no id. */
export const mentionable = (ids: readonly string[]): string[] =>
  [...new Set(ids)].filter((id) => /^[A-Za-z0-9][\w.@-]{0,63}$/.test(id)).slice(0, mostMentions);
