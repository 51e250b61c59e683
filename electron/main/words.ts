import type { Language } from '../../shared/settings/languages.ts'

/** What main itself says on the screen: when the board cannot, and when its files are gone. Reasons stay as the log has them. */
export type MainWords = {
  noBoard: string
  since: (time: string) => string
  comingBack: string
  /** Nothing has to be pressed, nothing is lost. */
  meanwhile: string
  forAdmin: string
  engine: string
  filesMissing: string
}

export const mainWords: Record<Language, MainWords> = {
  en: {
    noBoard: 'No board at the moment',
    since: (time) => `Since ${time}.`,
    comingBack: 'It is coming back.',
    meanwhile:
      'It is tried again by itself; nothing has to be pressed. What the line sends meanwhile is stored, or waits at the broker.',
    forAdmin: 'For whoever looks after this device:',
    engine: 'The engine does not run.',
    filesMissing: 'The files of the board are missing on this device. Install Lineside again.',
  },
  de: {
    noBoard: 'Im Moment keine Tafel',
    since: (time) => `Seit ${time}.`,
    comingBack: 'Sie kommt wieder.',
    meanwhile:
      'Es wird von selbst wieder versucht, niemand muss etwas drücken. Was die Linie inzwischen sendet, wird gespeichert oder wartet beim Broker.',
    forAdmin: 'Für alle, die dieses Gerät betreuen:',
    engine: 'Der Rechenteil läuft nicht.',
    filesMissing: 'Die Dateien der Tafel fehlen auf diesem Gerät. Lineside neu installieren.',
  },
  es: {
    noBoard: 'Sin panel por el momento',
    since: (time) => `Desde las ${time}.`,
    comingBack: 'Vuelve enseguida.',
    meanwhile:
      'Se reintenta solo; no hay que pulsar nada. Lo que la línea envía mientras tanto se guarda o espera en el broker.',
    forAdmin: 'Para quien cuida este equipo:',
    engine: 'El motor no funciona.',
    filesMissing: 'Faltan los archivos del panel en este equipo. Instale Lineside de nuevo.',
  },
  fr: {
    noBoard: 'Pas de tableau pour le moment',
    since: (time) => `Depuis ${time}.`,
    comingBack: 'Il revient.',
    meanwhile:
      'Un nouvel essai se fait tout seul ; il n’y a rien à presser. Ce que la ligne envoie entre-temps est enregistré ou attend au broker.',
    forAdmin: 'Pour la personne qui s’occupe de cet appareil :',
    engine: 'Le moteur ne tourne pas.',
    filesMissing: 'Les fichiers du tableau manquent sur cet appareil. Réinstallez Lineside.',
  },
  pl: {
    noBoard: 'Chwilowo brak tablicy',
    since: (time) => `Od ${time}.`,
    comingBack: 'Zaraz wróci.',
    meanwhile:
      'Kolejna próba nastąpi sama, nic nie trzeba naciskać. To, co linia wysyła w tym czasie, jest zapisywane albo czeka w brokerze.',
    forAdmin: 'Dla osoby, która dba o to urządzenie:',
    engine: 'Silnik nie działa.',
    filesMissing: 'Na tym urządzeniu brakuje plików tablicy. Zainstaluj Lineside ponownie.',
  },
  'pt-BR': {
    noBoard: 'Sem painel no momento',
    since: (time) => `Desde ${time}.`,
    comingBack: 'Já volta.',
    meanwhile:
      'A tentativa é automática; não é preciso apertar nada. O que a linha envia enquanto isso é gravado ou espera no broker.',
    forAdmin: 'Para quem cuida deste aparelho:',
    engine: 'O motor não está em execução.',
    filesMissing: 'Faltam os arquivos do painel neste aparelho. Instale o Lineside de novo.',
  },
  'zh-CN': {
    noBoard: '看板暂时无法显示',
    since: (time) => `自 ${time} 起。`,
    comingBack: '即将恢复。',
    meanwhile: '系统会自动重试，无需按任何键。在此期间产线发送的数据会被保存，或在消息代理中等待。',
    forAdmin: '给设备维护人员：',
    engine: '引擎未运行。',
    filesMissing: '本设备缺少看板文件，请重新安装 Lineside。',
  },
  ar: {
    noBoard: 'لا توجد لوحة حالياً',
    since: (time) => `منذ ${time}.`,
    comingBack: 'ستعود قريباً.',
    meanwhile:
      'تُعاد المحاولة تلقائياً، ولا حاجة إلى الضغط على شيء. ما يرسله الخط في هذه الأثناء يُخزَّن أو ينتظر لدى الوسيط.',
    forAdmin: 'لمن يعتني بهذا الجهاز:',
    engine: 'المحرّك لا يعمل.',
    filesMissing: 'ملفات اللوحة مفقودة على هذا الجهاز. أعد تثبيت Lineside.',
  },
}
