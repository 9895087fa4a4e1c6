/** What the command line says to operators. */
export const cliTexts = {
  database: '数据库',
  application: '主程序',
  builtInStore: '内置数据库',
  demoPage: '演示',
  demoNote: '演示的运行标记',
  playedWecom: '模拟的企业微信',
  playedDingtalk: '模拟的钉钉',
  usage: (names: readonly string[]): string => `用法：node dist/src/main.js ${names.join(' | ')}`,
  unexpected: '出了没有预料到的错，下面几行请发给开发人员：',

  cannotStart: (why: string): string => `启动不了：${why}`,
  portTaken: (host: string, port: number, setting: string): string =>
    `端口 ${host}:${port} 已经被别的程序占用。先停掉那个程序，或者把 ${setting} 换成别的端口。（EADDRINUSE）`,
  portForbidden: (port: number, setting: string): string =>
    `没有权限使用端口 ${port}。把 ${setting} 换成 1024 以上的端口，由反向代理转过来。（EACCES）`,
  hostUnknown: (host: string): string => `本机没有 HOST 里写的地址 ${host}。在本机代理后面填 127.0.0.1。（EADDRNOTAVAIL）`,
  cannotListen: (host: string, port: number, code: string): string => `不能在 ${host}:${port} 上接收请求。（${code}）`,
  noMongodb: '数据库没有应答。请检查 MongoDB 是否在运行、MONGODB_URI 是否写对。（STORE_UNAVAILABLE）',
  noIndex: (where: string, code: string): string =>
    `数据库里的索引建不起来：${where}。多半是已有数据重复，或同名索引的定义不同；处理好再启动。（错误码 ${code}）`,
  noRedis: '启动不了：没有找到 Redis。请设置 REDIS_URL，或安装 redis-server（Debian：apt-get install redis-server）。',
  productionNeedsMongodb:
    '启动不了：NODE_ENV=production 时必须设置 MONGODB_URI（MongoDB 4.4 以上的副本集）。内置数据库只有一份数据，只供试用和测试。',
  builtInLeftOut:
    '启动不了：正式安装里没有内置数据库（npm prune --omit=dev 已经去掉）。要用它，先运行 npm ci；正式使用请设置 MONGODB_URI。',
  notAnAddress: 'MONGODB_URI 应写成 mongodb://主机:端口/数据库名?选项',
  notBuilt: '启动不了：程序还没有编译，请先运行 npm run build。',
  notStarted: (name: string, why: string): string => `启动不了：${name}没能运行起来（${why}）。`,
  endedWhileStarting: (name: string, code: string): string => `启动不了：${name}刚启动就退出了（${code}），原因见上面它自己的输出。`,
  silentWhileStarting: (name: string, seconds: number): string => `启动不了：${name}启动 ${seconds} 秒了还没有应答。`,
  endedByItself: (name: string): string => `${name}自己退出了，其余的也一起停止。`,
  couldNotStop: (name: string, why: string): string => `${name}没能正常停止：${why}`,

  redisGiven: 'Redis：用 REDIS_URL 指定的服务器',
  redisStarted: (program: string, port: number, folder?: string): string =>
    `Redis：${program}，端口 ${port}，${folder ? `数据在 ${folder}` : '不在磁盘上保存'}`,
  mongodbGiven: (version: string): string => `数据库：用 MONGODB_URI 指定的服务器（${version}）`,
  builtInAs: (version: string): string => `内置数据库，相当于 MongoDB ${version}`,
  silentYet: '还没有应答',
  builtInUsed: (folder: string): string => `数据库：内置数据库，数据在 ${folder}（只供试用和测试，正式使用请设置 MONGODB_URI）`,
  mongodUsed: (program: string, folder: string): string => `数据库：${program}，数据在 ${folder}`,
  listening: (role: string, host: string, port: number): string => `连心桥（${role}）已启动，在 ${host}:${port} 接收请求`,
  working: (role: string, host: string, port: number): string => `连心桥（${role}）已启动，健康检查在 http://${host}:${port}/healthz`,
  stopping: '正在停止……',
  demoRuns: '这个目录里已经有一个演示在运行，请先在那边按 Ctrl-C 停止。',
  noTenant: '还没有填企业微信或钉钉的设置：下面按演示的设置检查，数据库和 Redis 用的是 MONGODB_URI、REDIS_URL（填了的话）。',
  noGroups: '还没有在任何群里听到过人说话。先把机器人拉进群，@ 它说一句话，再来看。',
  groups: '群（编号区分大小写，抄进 WECOM_GROUP_WEBHOOKS 或 DINGTALK_GROUP_WEBHOOKS）：',
  group: (platform: 'wecom' | 'dingtalk', chatId: string, scope: string): string =>
    `  ${platform === 'wecom' ? '企业微信' : '钉钉'}  ${chatId}  ${scope}`,
  unbound: '还没有绑定界别',
  everybody: '全体委员',
  readUsage: "用法：read --explain '/记录 …' [--today YYYY-MM-DD]",
  unreadable: (line: number): string => `第 ${line} 行应写成 {"id", "text", "today": "YYYY-MM-DD"}`,
  simulator: (fault: string): string => `模拟平台：${fault}`,
  indexesPresent: '索引都建好了。',
} as const;
