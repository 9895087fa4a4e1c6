/** Words and sentences about the roster. */
export const organisationTexts = {
  roles: {
    member: '委员',
    convener: '召集人',
    liaison_officer: '联络员',
    committee_director: '专委会主任',
    deputy_director: '专委会副主任',
    staff: '机关工作人员',
    administrator: '系统管理员',
  },
  noSuchMember: (name: string): string => `名册里没有找到“${name}”委员，请核对姓名；如果是随行人员，写“带1人”就行。`,
  severalNamed: (name: string): string => `名册里有几位“${name}”，我分不清是哪一位，请本人来发，或请召集人办理。`,
} as const;
