/** Nothing named means the whole body. */
const scopeOf = (sectors: readonly string[]): string => (sectors.length > 0 ? sectors.join('、') : '全体委员');

/** Words by which a group of the whole body is meant. */
export const everybodyWords: readonly string[] = ['全体', '全体委员', '全会', '政协'];

/** Words and sentences about the roster and its work groups. */
export const organisationTexts = {
  bound: (sectors: readonly string[], announced: boolean): string =>
    `本群已绑定${scopeOf(sectors)}，以后在本群发起的活动默认归${scopeOf(sectors)}${announced ? '，在别处发起的也会告诉本群' : ''}。`,
  boundAlready: (sectors: readonly string[]): string => `本群绑定的就是${scopeOf(sectors)}，不用再绑。`,
  bindingIs: (sectors: readonly string[]): string => `本群绑定的是${scopeOf(sectors)}。要改发“/绑定 界别名称”，不再绑发“/解绑”。`,
  notBound: '本群还没有绑定界别。召集人或联络员发一句“/绑定 教育界别”就好。',
  unbound: '本群已解除绑定，已有的记录和活动都不受影响。',
  help: { groupInfo: '/群信息 看本群的编号和绑定（在群里发）' },
  groupInfo: (platform: 'wecom' | 'dingtalk', chatId: string, sectors: readonly string[] | null): string =>
    `本群编号（${platform === 'wecom' ? '企业微信' : '钉钉'}）：${chatId}\n${sectors ? `绑定的是${scopeOf(sectors)}。` : '还没有绑定界别。'}配置群消息时，请把编号整段复制给管理员，大小写要一致。`,
  idInGroup: '请在要查看的工作群里发这一句。',
  mayNotSeeId: '群编号由召集人、联络员或机关工作人员来查，您可以请他们发一句“/群信息”。',
  bindInGroup: '请在要绑定的工作群里发这一句。',
  noSuchSector: (name: string): string => `没有找到“${name}”这个界别，请核对名称后再发一次，例如“/绑定 教育界别”。`,
  mayNotBind: '绑定工作群由本界别召集人、联络员或机关工作人员来办，您可以请他们发一句。',
  bindHint: '另外，本群还没有绑定界别，召集人发一句“/绑定 教育界别”就好；不绑也不影响记录。',
  /** For operators. */
  noBody: (id: string): string => `数据库里没有单位“${id}”：请先导入名册（import-roster），并核对 BODY_ID。`,
  accountTaken: (id: string): string => `名册：平台说 ${id} 用的账号已经是另一位委员的，请改名册。`,
  noSuchMember: (name: string): string => `名册里没有找到“${name}”委员，请核对姓名；如果是随行人员，写“带1人”就行。`,
  severalNamed: (name: string): string => `名册里有几位“${name}”，我分不清是哪一位，请本人来发，或请召集人办理。`,
} as const;
