export const zhCnNotes = {
  then: '，{text}',
  pair: '{first}，{second}',
  refusal: {
    signInBadge: {
      'wrong-pin': '此工卡未登记。请用 PIN 登录。',
    },
    undo: {
      'not-found': '该记录已不存在，无需撤销。',
      'too-late': '记录只能在 30 秒内撤销。请让班组长更正。',
    },
    setStopReason: {
      'not-found': '该停机已不在列表中。请重新打开。',
      'too-late': '停机可在 7 天内修改。',
    },
    splitStop: {
      'not-found': '该停机已不在列表中。请重新打开。',
      'too-late': '停机可在 7 天内修改。',
      'bad-input': '停机只能在其时间范围内拆分。',
    },
    mergeStops: {
      'not-found': '这些停机已不在列表中。请重新打开。',
      'too-late': '停机可在 7 天内修改。',
      'not-allowed': '产线仍在停机。恢复运行后再合并。',
      'bad-input': '这些停机相隔太远，不能合并。',
    },
    startChangeover: {
      'not-allowed': '换型已在进行。请先结束。',
    },
    endChangeover: {
      'not-found': '当前没有换型。',
    },
    checkIn: {
      'not-found': '该关键结果已不存在。',
      'bad-input': '该关键结果跟随产线，不能手动输入数值。',
    },
    createObjective: {
      'not-allowed': '本周期已有五个目标。请先结束一个，或为其中一个添加关键结果。',
    },
    editObjective: {
      'not-allowed': '本周期已有五个目标。请先结束一个，或为其中一个添加关键结果。',
    },
    makeKeyResult: {
      'bad-input': '目标值必须优于起始值。',
    },
  },
  storeProblem: {
    full: '磁盘已满：请腾出空间。在此之前不会保存任何数据。',
    locked: '其他程序锁住了数据库：请关闭它。在此之前不会保存任何数据。',
    readonly: '无法写入数据库：请检查其文件夹权限',
    damaged: '数据库已损坏：请重启看板，它会使用最近的副本',
    failing: '无法保存：请检查磁盘',
  },
  storeNotice: {
    diskLow: '磁盘快满了，剩余 {mb} MB：请腾出空间',
    damagedEmpty: '损坏的数据库已移至 {name}；看板启用了空库',
    damagedCopy: '损坏的数据库已移至 {name}；看板使用 {time} 的副本',
    newerEmpty: '较新版本的数据库已移至 {name}；看板启用了空库',
    newerCopy: '较新版本的数据库已移至 {name}；看板使用 {time} 的副本',
  },
  setUp: {
    gaps: '在指标编辑中约定指标',
    kpis: '在指标编辑中约定指标',
    status: '始终显示',
    hours: '需要 plant.yaml 中的班次和产线计数',
    oee: '需要 plant.yaml 中的班次和理想节拍',
    scrap: '首次计数或登记报废后出现',
    changeover: '首次换型后出现',
    sqdcp: '需要各字母的数据：目前还没有',
    calls: '首次呼叫或措施后出现',
    keys: '需要关键结果：请写入 plant.yaml 的 seed:',
    result: '需要关键结果：请写入 plant.yaml 的 seed:',
    strategy: '需要工厂目标及其分目标',
    health: '目标：在触控页面输入',
    plant: '需要 plant.yaml 中有多条产线',
  },
}
