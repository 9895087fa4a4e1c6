import { z } from 'zod';

/** Every role a person of the roster may have. What they are called and their duty is data: config/roles.yaml. */
export const roles = [
  'member',
  'convener',
  'proposal_convener',
  'group_leader',
  'liaison_officer',
  'information_officer',
  'committee_director',
  'deputy_director',
  'chair',
  'vice_chair',
  'staff',
  'auditor',
  'administrator',
] as const;

export type Role = (typeof roles)[number];

const words = z.string().trim().min(1).max(200);

/** config/roles.yaml: every role once, with its name, the words the roster may use for it, and its duty. */
export const roleBook = z.record(z.enum(roles), z.strictObject({ name: words, roster: z.array(words).min(1), duty: words }));

export type RoleBook = z.infer<typeof roleBook>;
