import type { Conversation } from '../script.ts';

/** Tortillería La Esperanza: a family business that writes in Spanish; Priya answers in kind. */
export const esperanzaStories: readonly Conversation[] = [
  {
    key: 'esperanza-10394',
    customer: 'esperanza',
    with: 'lucia',
    subject: 'Factura INV-10394 vencida',
    invoices: [10394],
    resolved: true,
    mail: [
      [
        '06-17 09:35',
        'priya',
        `Buenos días, Lucía:

        Le escribo por la factura INV-10394 ({10394}), que venció el 14 de junio. Seguramente se cruzó con algún envío. ¿Me podría confirmar para cuándo la tienen programada?`,
        { files: ['INV-10394.pdf'], tags: ['friendly_reminder'] },
      ],
      [
        '06-18 12:10',
        'lucia',
        `Buenas tardes, Priya:

        Disculpe la demora. Mi suegro firma los cheques y está en Jalisco hasta fin de mes por la boda de su hermana. En cuanto regrese, le mando el pago. ¿Nos puede esperar hasta el 3 de julio?`,
      ],
      [
        '06-18 13:02',
        'priya',
        `Claro que sí, y felicidades a la familia. Anoto el viernes 3 de julio. Le adjunto el estado de cuenta para que lo tenga a la mano.`,
        { files: ['Estado_de_cuenta_LaEsperanza_2026-06-18.pdf'], tags: ['promise_to_pay'] },
      ],
      [
        '07-06 10:20',
        'priya',
        `Hola, Lucía: el viernes no recibimos el pago de INV-10394. ¿Ya regresó don Ramón?`,
        {
          tags: ['broken_promise'],
          notes: [
            [
              'priya',
              '07-06 10:25',
              'July 3 was a bank holiday (observed). Not really a broken promise, waiting two days.',
            ],
          ],
        },
      ],
      [
        '07-06 19:44',
        'ramon',
        `Ya regresé señorita. El banco estaba cerrado el viernes. Mañana le deposito sin falta. Perdone.`,
      ],
      [
        '07-10 11:15',
        'lucia',
        `Priya, buenos días. Le confirmo la transferencia de {10394} del día de ayer; le anexo el comprobante. Gracias por su paciencia, de verdad.`,
        { files: ['comprobante_20260709.pdf'] },
      ],
      ['07-10 11:52', 'priya', `Recibido y aplicado. Gracias a ustedes, y salúdeme a don Ramón.`],
    ],
  },
  {
    key: 'esperanza-print',
    customer: 'esperanza',
    with: 'lucia',
    subject: 'Bolsas mal impresas, factura 10420',
    invoices: [10420],
    resolved: true,
    mail: [
      [
        '08-24 16:05',
        'ramon',
        `Las bolsas de maíz azul llegaron moradas. Parecen de uva. Así no las puedo vender. Mando fotos`,
        { files: ['foto1.jpg', 'foto2.jpg'] },
      ],
      [
        '08-25 09:12',
        'priya',
        `Don Ramón, vi las fotos y tiene toda la razón, ese no es el azul que aprobaron. Ya abrí el reclamo con la imprenta. ¿Cuántas cajas salieron así? Mientras tanto no pague esa parte.`,
        { tags: ['dispute', 'quality'] },
      ],
      [
        '08-25 13:40',
        'lucia',
        `Buenas tardes. Contamos 14 cajas moradas de las 40. Las otras 26 están perfectas y ya las estamos usando. ¿Nos las pueden reponer o nos hacen nota de crédito?`,
      ],
      [
        '08-31 10:30',
        'priya',
        `Lucía, la imprenta acepta el error. La nota de crédito CM-2198 es por 14 cajas, $1,194.48, y les repetimos la impresión sin costo de placas. De INV-10420 quedan $2,218.32. ¿Le parece bien?`,
        { files: ['CM-2198.pdf'], tags: ['credit_memo'] },
      ],
      ['08-31 12:15', 'lucia', `Nos parece muy justo. Lo pagamos en cuanto lleguen las nuevas, si no le molesta.`],
      [
        '10-09 15:28',
        'lucia',
        `Llegaron las bolsas y ahora sí son azules. Mi suegro quiere enmarcar una. Hoy le transferí $2,218.32.`,
        {
          files: ['comprobante_20261009.pdf'],
          notes: [['priya', '10-09 16:10', 'Paid, dispute closed. 46 days, 30 of them the reprint.']],
        },
      ],
    ],
  },
  {
    key: 'esperanza-10441',
    customer: 'esperanza',
    with: 'lucia',
    subject: 'Cambio de fecha de pago INV-10441',
    invoices: [10441],
    mail: [
      [
        '11-17 11:08',
        'lucia',
        `Buenos días, Priya:

        La factura INV-10441 vence el domingo 22. Por la temporada de tamales compramos mucha masa por adelantado y andamos justos. ¿Sería posible pagar la mitad esa semana y la otra mitad el 11 de diciembre?`,
      ],
      [
        '11-18 09:20',
        'priya',
        `Buenos días, Lucía. Lo veo hoy con mi jefa y le contesto. ¿La primera mitad sería el lunes 23, por transferencia?`,
      ],
      [
        '11-19 17:31',
        'lucia',
        `Sí, el lunes 23 por transferencia, {10441} entre dos: $1,653.20. ¿Me lo confirma por escrito para enseñárselo a mi suegro?`,
        { needsReply: true },
      ],
    ],
  },
];
