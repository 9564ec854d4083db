import { describe, expect, it } from 'vitest';
import { bodyTypeOf } from '../../src/mail/body-type.ts';
import { previewOf } from '../../src/mail/preview.ts';

/**
 * Bodies in the shapes of mail programs, gateways and languages that other products' public reports tell of, made up anew.
 * To teach the rules a body that they read wrongly, add it here.
 */

const BODIES: [shape: string, body: string, preview: string | null][] = [
  // Outlook reply, html, MSO conditionals
  [
    'vml',
    `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!-- p.MsoNormal {margin:0} --></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head><body><div class="WordSection1"><p class="MsoNormal">We pay on Friday.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> AR &lt;ar@h.example&gt; <br><b>Sent:</b> Monday, November 2, 2026 9:00 AM<br><b>To:</b> Maria<br><b>Subject:</b> q</p></div><p>old</p></div></body></html>`,
    'We pay on Friday.',
  ],
  ['downlevel-revealed', `<![if !mso]><p>We pay.</p><![endif]><!--[if mso]><p>hidden mso</p><![endif]-->`, 'We pay.'],
  [
    'fontsize 0 px !important child',
    `<div style="font-size:0px !important"><span style="font-size:14px !important">We pay.</span></div>`,
    'We pay.',
  ],
  [
    'font-size 0 em child',
    `<div style="font-size:0"><span style="font-size:1em">hidden, 1em of 0</span></div><p>x y</p>`,
    'x y',
  ],
  [
    'font-size:0 child rem',
    `<table style="font-size:0rem"><tr><td style="font-size:1rem">We pay.</td></tr></table>`,
    'We pay.',
  ],
  ['font-size: 0in font shorthand', `<div style="font:0/0 a"><p style="font-size:12pt">We pay.</p></div>`, 'We pay.'],
  ['font shorthand 0 hides', `<div style="font:0/0 a">overdue</div><p>Lunch?</p>`, 'Lunch?'],
  [
    'font-size 1px preheader',
    `<div style="font-size:1px;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden">overdue</div><p>Lunch?</p>`,
    'Lunch?',
  ],
  ['opacity 0', `<div style="opacity:0;height:0">overdue</div><p>Lunch?</p>`, 'Lunch?'],
  ['color transparent', `<span style="color:transparent;display:none!important">overdue</span><p>Lunch?</p>`, 'Lunch?'],
  [
    'font-size inherits from class style',
    `<div style="FONT-SIZE: 0PX"><DIV STYLE="FONT-SIZE: 12PX">We pay.</DIV></div>`,
    'We pay.',
  ],
  ['font-size:medium', `<div style="font-size:0"><p style="font-size: medium">We pay.</p></div>`, 'We pay.'],
  ['font-size:larger in 0 wrapper none else', `<div style="font-size:0"><p>We pay.</p></div>`, 'We pay.'],
  ['calc', `<div style="font-size:0"><p style="font-size:calc(1rem + 2px)">We pay.</p></div>`, 'We pay.'],
  ['h1 in 0', `<div style="font-size:0"><h1>We pay.</h1></div>`, 'We pay.'],
  ['100% of 0', `<div style="font-size:0"><p style="font-size:100%">hid</p></div><p>seen</p>`, 'seen'],
  [
    'visibility hidden child visible',
    `<div style="visibility:hidden"><p style="visibility:visible">We pay.</p></div>`,
    'We pay.',
  ],
  // quoting shapes
  [
    'gmail reply',
    `<div dir="ltr">We pay.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Nov 2, 2026 at 9:00 AM AR &lt;<a href="mailto:ar@h.example">ar@h.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0"><p>old</p></blockquote></div>`,
    'We pay.',
  ],
  [
    'gmail forward no own words',
    `<div dir="ltr"><br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Bo</strong> <span>&lt;bo@a.example&gt;</span><br>Date: Mon, Nov 2, 2026 at 9:00 AM<br>Subject: q<br>To: Maria &lt;m@a.example&gt;<br></div><br><br><div>Please approve.</div></div></div>`,
    'Please approve.',
  ],
  [
    'yahoo reply',
    `<div class="ydp1"><div>We pay.</div></div><div id="yahoo_quoted_123" class="yahoo_quoted"><div>On Monday, November 2, 2026 at 09:00:00 AM CST, AR &lt;ar@h&gt; wrote:</div><div>old</div></div>`,
    'We pay.',
  ],
  [
    'zoho reply',
    `<div>We pay.</div><div class="zmail_extra"><div>---- On Mon, 02 Nov 2026 09:00:00 +0100 <b>AR</b> wrote ---</div><blockquote>old</blockquote></div>`,
    'We pay.',
  ],
  [
    'zoho forward',
    `<div><br></div><div class="zmail_extra"><div>============ Forwarded message ============<br>From: Bo<br>To: Maria<br>Date: Mon<br>Subject: q<br>============ Forwarded message ============</div><div>Please approve.</div></div>`,
    'Please approve.',
  ],
  [
    'icloud',
    `<html><body>We pay.<br><div><br><blockquote type="cite">On 2 Nov 2026, at 09:00, AR &lt;ar@h.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite">old</blockquote></body></html>`,
    'We pay.',
  ],
  [
    'lotus notes',
    `<font size=2 face="sans-serif">We pay.</font><br><br><table width=100%><tr><td><font size=1 color=#5f5f5f>From: </font><td><font size=1>AR/Harborline</font><tr><td>To:<td>Maria/Alder@Alder<tr><td>Date:<td>11/02/2026 09:00 AM<tr><td>Subject:<td>q</table><hr noshade><p>old`,
    'We pay.',
  ],
  [
    'thunderbird',
    `<p>We pay.</p><div class="moz-cite-prefix">Am 02.11.26 um 09:00 schrieb AR:<br></div><blockquote type="cite" cite="mid:x">old</blockquote>`,
    'We pay.',
  ],
  [
    'outlook mobile',
    `<div>We pay.</div><div id="ms-outlook-mobile-signature">Get <a>Outlook for iOS</a></div><hr><div id="divRplyFwdMsg"><b>From:</b> AR</div><div>old</div>`,
    'We pay.',
  ],
  [
    'gmx',
    `<div>We pay.</div><div name="quote" style="margin:10px;border-left:2px solid"><div><b>Gesendet:</b> Montag, 2. November 2026 um 09:00 Uhr<br><b>Von:</b> AR<br><b>An:</b> Maria<br><b>Betreff:</b> q</div>old</div>`,
    'We pay.',
  ],
  [
    'proton',
    `<div>We pay.</div><div class="protonmail_quote">------- Original Message -------<br>On Monday, AR wrote:<br><blockquote type="cite">old</blockquote></div>`,
    'We pay.',
  ],
  ['front', `We pay.<br><br><blockquote type="cite" class="front-blockquote">old</blockquote>`, 'We pay.'],
  [
    'qq',
    `<div>We pay.</div><div style="font-size:12px;font-family:Arial;padding:2px 0;">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> AR<br><b>发送时间:</b> 2026年11月2日<br><b>收件人:</b> Maria<br><b>主题:</b> q</div><div>old</div>`,
    'We pay.',
  ],
  [
    'naver',
    `<p>We pay.</p><p>-----Original Message-----<br><b>From:</b> AR<br><b>To:</b> Maria<br><b>Cc:</b><br><b>Sent:</b> 2026-11-02 (월) 09:00:00<br><b>Subject:</b> q</p><p>old</p>`,
    'We pay.',
  ],
  [
    'outlook 中文',
    `<p>We pay.</p><p>发件人: AR <ar@h.example><br>发送时间: 2026年11月2日 9:00<br>收件人: Maria<br>主题: q</p><p>old</p>`,
    'We pay.',
  ],
  [
    'outlook hebrew',
    `<div dir="rtl">נשלם ביום שישי.</div><div dir="rtl"><b>מאת:</b> AR<br><b>נשלח:</b> יום שני<br><b>אל:</b> Maria<br><b>נושא:</b> q</div><div>old</div>`,
    'נשלם ביום שישי.',
  ],
  [
    'rtl marks',
    `<div dir="rtl">\u200Fسندفع يوم الجمعة.</div><div>\u200Fمن: AR<br>\u200Fتاريخ الإرسال: x<br>\u200Fإلى: m<br>\u200Fالموضوع: q</div>old`,
    '\u200Fسندفع يوم الجمعة.',
  ],
  [
    'outlook hungarian',
    `<p>Fizetünk.</p><p><b>Feladó:</b> AR<br><b>Elküldve:</b> hétfő<br><b>Címzett:</b> M<br><b>Tárgy:</b> q</p>old`,
    'Fizetünk.',
  ],
  [
    'outlook greek',
    `<p>Πληρώνουμε.</p><p><b>Από:</b> AR<br><b>Στάλθηκε:</b> Δευτέρα<br><b>Προς:</b> M<br><b>Θέμα:</b> q</p>old`,
    'Πληρώνουμε.',
  ],
  ['outlook thai', `<p>เราจ่าย</p><p>จาก: AR<br>ส่ง: x<br>ถึง: M<br>เรื่อง: q</p>old`, 'เราจ่าย'],
  [
    'outlook vietnamese',
    `<p>Chúng tôi trả.</p><p><b>Từ:</b> AR<br><b>Đã gửi:</b> x<br><b>Tới:</b> M<br><b>Chủ đề:</b> q</p>old`,
    'Chúng tôi trả.',
  ],
  [
    'outlook croatian',
    `<p>Platit ćemo.</p><p><b>Šalje:</b> AR<br><b>Poslano:</b> x<br><b>Prima:</b> M<br><b>Predmet:</b> q</p>old`,
    'Platit ćemo.',
  ],
  [
    'outlook romanian',
    `<p>Platim.</p><p><b>De la:</b> AR<br><b>Trimis:</b> x<br><b>Către:</b> M<br><b>Subiect:</b> q</p>old`,
    'Platim.',
  ],
  [
    'outlook slovene',
    `<p>Plačamo.</p><p><b>Od:</b> AR<br><b>Poslano:</b> x<br><b>Za:</b> M<br><b>Zadeva:</b> q</p>old`,
    'Plačamo.',
  ],
  [
    'outlook bulgarian',
    `<p>Плащаме.</p><p><b>От:</b> AR<br><b>Изпратено:</b> x<br><b>До:</b> M<br><b>Относно:</b> q</p>old`,
    'Плащаме.',
  ],
  [
    'outlook estonian',
    `<p>Maksame.</p><p><b>Saatja:</b> AR<br><b>Saadetud:</b> x<br><b>Adressaat:</b> M<br><b>Teema:</b> q</p>old`,
    'Maksame.',
  ],
  [
    'outlook nl',
    `<p>Wij betalen.</p><p><b>Van:</b> AR<br><b>Verzonden:</b> x<br><b>Aan:</b> M<br><b>Onderwerp:</b> q</p>old`,
    'Wij betalen.',
  ],
  [
    'table quoted',
    `<p>We pay.</p><div style="border-left:1px solid #ccc">On Mon, Nov 2, 2026 at 9:00 AM, AR &lt;ar@h.example&gt; wrote:<br>old</div>`,
    'We pay.',
  ],
  [
    'samsung',
    `<div>We pay.</div><div><br></div><div style="font-size:85%"><div>Sent from my Galaxy</div></div><div>-------- Original message --------</div><div>From: AR </div><div>Date: 11/2/26 9:00 AM</div><div>To: Maria</div><div>Subject: q</div><div>old</div>`,
    'We pay.',
  ],
  ['only image w/ alt none', `<img src="cid:x">`, null],
  ['only nbsp', `<p>&nbsp;</p>`, null],
  ['hidden only', `<div style="display:none">secret</div>`, null],
  ['base href', `<base href="x">We pay.`, 'We pay.'],
  ['comment unclosed', `<p>We pay.</p><!-- never`, 'We pay.'],
  ['title in head', `<head><title>Untitled</title></head><body>We pay.</body>`, 'We pay.'],
  ['button links', `<p>We pay.</p><p><a href="x">Unsubscribe</a></p>`, 'We pay. Unsubscribe'],
  // plain text
  ['plain addr', `Write to <ann@acme.example> please.\nThanks`, 'Write to <ann@acme.example> please. Thanks'],
  ['plain url', `See <https://acme.example/pay?x=1&y=2> now`, 'See <https://acme.example/pay?x=1&y=2> now'],
  ['plain mailto', `Ann <mailto:ann@acme.example> says`, 'Ann <mailto:ann@acme.example> says'],
  ['plain cid', `[cid:image001.png@01D] We pay.`, 'We pay.'],
  ['plain less', `if a < b and c > d then\nwe pay`, 'if a < b and c > d then we pay'],
  ['plain entity-like', `Smith & Sons; AT&T\nwe pay`, 'Smith & Sons; AT&T we pay'],
  ['plain &copy in url', `https://a.example/?a=1&copy=2\nwe pay`, 'https://a.example/?a=1&copy=2 we pay'],
  ['plain with name <a>', `Dear <name>,\nwe pay`, 'Dear <name>, we pay'],
  ['plain with <b@c>', `From <b@c.example>\n<a@b.example> wrote`, 'From <b@c.example> <a@b.example> wrote'],
  [
    'outlook plain',
    `We pay.\n\n-----Ursprüngliche Nachricht-----\nVon: AR [mailto:ar@h.example]\nGesendet: Montag\nAn: Maria\nBetreff: q\n\nold`,
    'We pay.',
  ],
  [
    'outlook plain underscores',
    `We pay.\n________________________________\nFrom: AR <ar@h.example>\nSent: Monday\nTo: Maria\nSubject: q\n\nold`,
    'We pay.',
  ],
  [
    'plain yahoo',
    `We pay.\n\n    On Monday, November 2, 2026 at 09:00:00 AM CST, AR <ar@h.example> wrote:  \n \n old`,
    'We pay.',
  ],
  [
    'plain gmail wrapped',
    `We pay.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Accounts Receivable Harborline Supplies\n<ar@h.example> wrote:\n\n> old`,
    'We pay.',
  ],
  ['plain airmail said', `We pay.\n\nOn November 2, 2026 at 9:00:00 AM, AR (ar@h.example) said:\n\nold`, 'We pay.'],
  ['plain notes', `We pay.\n\nAR <ar@h.example> wrote on 11/02/2026 09:00:00 AM:\n\n> old`, 'We pay.'],
  [
    'plain notes 2',
    `We pay.\n\n\n\nFrom:\tAR/Harborline\nTo:\tMaria/Alder@Alder\nDate:\t11/02/2026 09:00 AM\nSubject:\tq\n\nold`,
    'We pay.',
  ],
  [
    'plain notes de',
    `Wir zahlen.\n\n\n\nVon:\tAR/Harborline\nAn:\tMaria/Alder@Alder\nDatum:\t02.11.2026 09:00\nBetreff:\tq\n\nold`,
    'Wir zahlen.',
  ],
  ['plain es', `Pagamos.\n\nEl lun, 2 nov 2026 a las 9:00, AR (<ar@h.example>) escribió:\n\n> old`, 'Pagamos.'],
  ['plain pt', `Pagamos.\n\nEm seg., 2 de nov. de 2026 às 09:00, AR <ar@h.example> escreveu:\n\n> old`, 'Pagamos.'],
  ['plain fr', `Nous payons.\n\nLe lun. 2 nov. 2026 à 09:00, AR <ar@h.example> a écrit :\n\n> old`, 'Nous payons.'],
  ['plain de', `Wir zahlen.\n\nAm Mo., 2. Nov. 2026 um 09:00 Uhr schrieb AR <ar@h.example>:\n\n> old`, 'Wir zahlen.'],
  [
    'plain it',
    `Paghiamo.\n\nIl giorno lun 2 nov 2026 alle ore 09:00 AR <ar@h.example> ha scritto:\n\n> old`,
    'Paghiamo.',
  ],
  ['plain nl', `Wij betalen.\n\nOp ma 2 nov 2026 om 09:00 schreef AR <ar@h.example>:\n\n> old`, 'Wij betalen.'],
  ['plain sv', `Vi betalar.\n\nDen mån 2 nov. 2026 kl 09:00 skrev AR <ar@h.example>:\n\n> old`, 'Vi betalar.'],
  ['plain fi', `Maksamme.\n\nma 2. marrask. 2026 klo 9.00 AR (ar@h.example) kirjoitti:\n\n> old`, 'Maksamme.'],
  ['plain pl', `Płacimy.\n\npon., 2 lis 2026 o 09:00 AR <ar@h.example> napisał(a):\n\n> old`, 'Płacimy.'],
  ['plain cs', `Platíme.\n\npo 2. 11. 2026 v 9:00 odesílatel AR <ar@h.example> napsal:\n\n> old`, 'Platíme.'],
  ['plain hu', `Fizetünk.\n\nAR <ar@h.example> ezt írta (időpont: 2026. nov. 2., H, 9:00):\n\n> old`, 'Fizetünk.'],
  ['plain ro', `Plătim.\n\nÎn lun., 2 nov. 2026 la 09:00, AR <ar@h.example> a scris:\n\n> old`, 'Plătim.'],
  ['plain tr', `Ödüyoruz.\n\nAR <ar@h.example>, 2 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:\n\n> old`, 'Ödüyoruz.'],
  ['plain ru', `Мы платим.\n\nпн, 2 нояб. 2026 г. в 09:00, AR <ar@h.example>:\n\n> old`, 'Мы платим.'],
  ['plain ja', `支払います。\n\n2026年11月2日(月) 9:00 AR <ar@h.example>:\n\n> old`, '支払います。'],
  ['plain zh', `我们付款。\n\nAR <ar@h.example> 于2026年11月2日周一 09:00写道：\n\n> old`, '我们付款。'],
  ['plain ko', `지불합니다.\n\n2026년 11월 2일 (월) 오전 9:00, AR <ar@h.example>님이 작성:\n\n> old`, '지불합니다.'],
  ['plain vi', `Trả.\n\nVào Th 2, 2 thg 11, 2026 vào lúc 09:00 AR <ar@h.example> đã viết:\n\n> old`, 'Trả.'],
  ['plain id', `Kami bayar.\n\nPada Sen, 2 Nov 2026 pukul 09.00 AR <ar@h.example> menulis:\n\n> old`, 'Kami bayar.'],
  ['plain hr', `Plaćamo.\n\nDana pon, 2. stu 2026. u 09:00 AR <ar@h.example> napisao je:\n\n> old`, 'Plaćamo.'],
  ['plain bg', `Плащаме.\n\nНа пн, 2.11.2026 г. в 9:00 AR <ar@h.example> написа:\n\n> old`, 'Плащаме.'],
  [
    'plain el',
    `Πληρώνουμε.\n\nΣτις Δευ 2 Νοε 2026 στις 9:00 π.μ., ο/η AR <ar@h.example> έγραψε:\n\n> old`,
    'Πληρώνουμε.',
  ],
  [
    'plain he',
    `נשלם.\n\n\u202Bבתאריך יום ב׳, 2 בנוב׳ 2026 ב-9:00 מאת AR <\u202Aar@h.example\u202C>:\u202C\n\n> old`,
    'נשלם.',
  ],
  [
    'plain ar',
    `سندفع.\n\nفي الاثنين، 2 نوفمبر 2026 في 9:00 ص تمت كتابة ما يلي بواسطة AR <ar@h.example>:\n\n> old`,
    'سندفع.',
  ],
  ['plain th', `เราจ่าย\n\nในวันที่ จ. 2 พ.ย. 2026 เวลา 09:00 AR <ar@h.example> เขียนว่า:\n\n> old`, 'เราจ่าย'],
  ['plain da', `Vi betaler.\n\nDen man. 2. nov. 2026 kl. 09.00 skrev AR <ar@h.example>:\n\n> old`, 'Vi betaler.'],
  // no quoting chars (Outlook plain conversions of the same)
  [
    'plain fr no >',
    `Nous payons.\n\nLe lundi 2 novembre 2026 à 09:00:00 UTC+1, AR <ar@h.example> a écrit :\n\nold`,
    'Nous payons.',
  ],
  ['plain ja no >', `支払います。\n\n2026年11月2日(月) 9:00 AR <ar@h.example>:\n\nold`, '支払います。'],
  // QP remnants
  ['qp remnant', `We pay=20\nINV-7001 on=\n Friday =E2=82=AC 5.`, 'We pay INV-7001 on Friday € 5.'],
  ['qp html remnant', `<p>We pay =3D =E2=82=AC 5</p>`, 'We pay = € 5'],
  // forwards
  [
    'outlook fwd plain fr',
    `\n\nDe : Bo <bo@a.example>\nEnvoyé : lundi 2 novembre 2026 09:00\nÀ : Maria\nObjet : q\n\nMerci de payer.`,
    'Merci de payer.',
  ],
  [
    'apple fwd plain',
    `\n\nBegin forwarded message:\n\n> From: Bo <bo@a.example>\n> Subject: q\n> Date: 2 November 2026 at 09:00:00 GMT\n> To: Maria\n> \n> Please approve.`,
    'Please approve.',
  ],
  [
    'fwd nested',
    `\n\n---------- Forwarded message ---------\nFrom: A <a@a.example>\nDate: Mon\nSubject: Fwd: q\nTo: <b@b.example>\n\n\n\n---------- Forwarded message ---------\nFrom: C <c@c.example>\nDate: Sun\nSubject: q\nTo: <a@a.example>\n\nPlease approve.`,
    'Please approve.',
  ],
  [
    'fwd german gmail',
    `---------- Forwarded message ---------\nVon: Bo <bo@a.example>\nDate: Mo., 2. Nov. 2026 um 09:00 Uhr\nSubject: q\nTo: Maria <m@a.example>\n\nBitte zahlen.`,
    'Bitte zahlen.',
  ],
  [
    'fwd thunderbird',
    `\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tq\nDatum: \tMon, 2 Nov 2026 09:00:00 +0100\nVon: \tBo <bo@a.example>\nAn: \tMaria <m@a.example>\n\nBitte zahlen.`,
    'Bitte zahlen.',
  ],
  [
    'fwd notes',
    `\n\n----- Forwarded by Maria Alder/Alder on 11/02/2026 09:00 AM -----\n\nFrom:   Bo/Alder\nTo:     Maria/Alder\nDate:   11/02/2026 08:00 AM\nSubject:        q\n\nPlease approve.`,
    'Please approve.',
  ],
  [
    'fwd notes de',
    `----- Weitergeleitet von Maria Alder/Alder am 02.11.2026 09:00 -----\n\nVon:    Bo/Alder\nAn:     Maria/Alder\nDatum:  02.11.2026 08:00\nBetreff:        q\n\nBitte freigeben.`,
    'Bitte freigeben.',
  ],
  [
    'own words + fwd notes',
    `See below.\n\n----- Forwarded by Maria Alder/Alder on 11/02/2026 09:00 AM -----\n\nFrom:   Bo\nTo:     Maria\nDate:   x\nSubject: q\n\nold`,
    'See below.',
  ],
  [
    'own + fwd gmx',
    `Siehe unten.\n\n\nGesendet: Montag, 2. November 2026 um 09:00 Uhr\nVon: "Bo" <bo@a.example>\nAn: maria@a.example\nBetreff: q\n\nold`,
    'Siehe unten.',
  ],
  [
    'one label per line html table',
    `<p>FYI</p><table><tr><td>From:</td><td>Bo</td></tr><tr><td>Sent:</td><td>Mon</td></tr><tr><td>To:</td><td>M</td></tr><tr><td>Subject:</td><td>q</td></tr></table><p>old</p>`,
    'FYI',
  ],
  ['quoted only html', `<blockquote type="cite"><div>Please approve.</div></blockquote>`, 'Please approve.'],
  [
    'banner in table',
    `<table><tr><td style="background:#ff0">CAUTION:</td><td>This message originated outside of your organization.</td></tr></table><p>We pay.</p>`,
    'We pay.',
  ],
  [
    'banner multi lines',
    `<div>⚠ EXTERNAL EMAIL</div><div>Do not click links or open attachments unless you recognize the sender and know the content is safe.</div><div>We pay.</div>`,
    'We pay.',
  ],
  [
    'banner ph',
    `<div>ZjQcmQRYFpfptBannerStart</div><div>This Message Is From an External Sender</div><div>This message came from outside your organization.</div><div>ZjQcmQRYFpfptBannerEnd</div><p>We pay.</p>`,
    'We pay.',
  ],
  [
    'banner report',
    `<div>This Message Is From an Untrusted Sender</div><div>You have not previously corresponded with this sender.</div><div>Report Suspicious</div><p>We pay.</p>`,
    'We pay.',
  ],
  [
    'banner mimecast',
    `<p>[External Email – This email originated outside Alder Foods. Please treat hyperlinks and attachments with caution.]</p><p>We pay.</p>`,
    'We pay.',
  ],
  [
    'banner plain',
    `CAUTION: External email. Do not click on links or open attachments unless you know the content is safe.\n\nWe pay.`,
    'We pay.',
  ],
  [
    'banner eu de',
    `<p>Vorsicht: Externe E-Mail! Öffnen Sie Anhänge nur, wenn Sie dem Absender vertrauen.</p><p>Wir zahlen.</p>`,
    'Wir zahlen.',
  ],
  [
    'banner fr2',
    `<p>Attention : courriel externe. Ne cliquez pas sur les liens.</p><p>Nous payons.</p>`,
    'Nous payons.',
  ],
  [
    'banner in one line with words',
    `EXTERNAL EMAIL: We pay INV-7001 on Friday.`,
    'EXTERNAL EMAIL: We pay INV-7001 on Friday.',
  ],
  [
    'banner below words',
    `<p>We pay.</p><p>CAUTION: This email originated from outside of the organization.</p>`,
    'We pay.',
  ],
  ['banner sv', `<p>VARNING: Externt mejl. Klicka inte på länkar.</p><p>Vi betalar.</p>`, 'Vi betalar.'],
  ['banner ko', `<p>[외부메일] 이 메일은 외부에서 발송되었습니다.</p><p>지불합니다.</p>`, '지불합니다.'],
  [
    'banner some people',
    `<div>Some people who received this message don't often get email from maria@alder.example. <a>Learn why this is important</a></div><p>We pay.</p>`,
    'We pay.',
  ],
  [
    'banner fr ms',
    `<div>Vous n’obtenez pas souvent d’e-mail à partir de maria@alder.example. Pourquoi c’est important</div><p>Nous payons.</p>`,
    'Nous payons.',
  ],
  [
    'banner es ms',
    `<div>No suele recibir correo electrónico de maria@alder.example. Por qué es esto importante</div><p>Pagamos.</p>`,
    'Pagamos.',
  ],
  [
    'banner it ms',
    `<div>Non si riceve spesso posta elettronica da maria@alder.example. Scopri perché è importante</div><p>Paghiamo.</p>`,
    'Paghiamo.',
  ],
  [
    'banner pt ms',
    `<div>Você não costuma receber emails de maria@alder.example. Saiba por que isso é importante</div><p>Pagamos.</p>`,
    'Pagamos.',
  ],
  [
    'banner nl ms',
    `<div>U ontvangt niet vaak e-mail van maria@alder.example. Meer informatie over waarom dit belangrijk is</div><p>Wij betalen.</p>`,
    'Wij betalen.',
  ],
  [
    'banner da ms',
    `<div>Du får ikke ofte mails fra maria@alder.example. Få mere at vide om, hvorfor dette er vigtigt</div><p>Vi betaler.</p>`,
    'Vi betaler.',
  ],
  // signature / disclaimers first
  [
    'sig first then words',
    `-- \nMaria\n\nOn Mon, Nov 2, 2026 at 9:00 AM AR <ar@h.example> wrote:\n> Did you pay?`,
    'Maria',
  ],
  [
    'bottom posting',
    `On Mon, Nov 2, 2026 at 9:00 AM AR <ar@h.example> wrote:\n> Did you pay?\n\nYes, on Friday.`,
    'Yes, on Friday.',
  ],
  [
    'bottom posting html',
    `<div class="moz-cite-prefix">Am 02.11.26 schrieb AR:</div><blockquote type="cite">Did you pay?</blockquote><p>Yes, on Friday.</p>`,
    'Yes, on Friday.',
  ],
  ['interleaved', `> When?\nFriday.\n> How?\nBank.`, 'Friday. Bank.'],
  ['plain outlook "From:" sentence', `From: what I see, we pay.\nThanks`, 'From: what I see, we pay. Thanks'],
  ['html with plain newlines', `We pay\nthe invoice`, 'We pay the invoice'],
  ['emoji', `<p>👍</p>`, '👍'],
  ['gt entity quotes', `<pre>&gt; Did you pay?\nYes.</pre>`, 'Yes.'],
  [
    'winmail',
    `This message is in MIME format. Since your mail reader does not understand this format, some or all of this message may not be legible.\n\nWe pay.`,
    'This message is in MIME format. Since your mail reader does not understand this format, some or all of this message may not be legible. We pay.',
  ],
  ['words above a quote', 'We pay.<blockquote type="cite">old words</blockquote>', 'We pay.'],
  [
    'Outlook in Polish, another form of "sent"',
    `Zapłacimy w piątek.\n\nOd: AR <ar@h.example>\nWysłane: poniedziałek, 4 maja 2026 09:00\nDo: Maria\nTemat: Faktura\n\nProszę zapłacić.`,
    'Zapłacimy w piątek.',
  ],
  [
    'the line of a helpdesk, words above',
    '<div>We pay on Friday.</div><div>##- Please type your reply above this line -##</div><p>Please pay.</p>',
    'We pay on Friday.',
  ],
  [
    'the line of a helpdesk, words below',
    '<div>##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein -##</div><p>Wir zahlen am Freitag.</p>',
    'Wir zahlen am Freitag.',
  ],
  ['a writer without a date above a quote', 'AR wrote:\n> When?\nFriday.', 'Friday.'],
  ['initials before the marks', 'AR> When do you pay?\nAR> Soon?\nWe pay on Friday.', 'We pay on Friday.'],
  ['a quote without a style', '<blockquote><p>When?</p></blockquote><p>On Friday.</p>', 'On Friday.'],
  [
    'an indented paragraph',
    '<blockquote style="margin:0 0 0 40px">We pay on Friday.</blockquote>',
    'We pay on Friday.',
  ],
  [
    'Hebrew, a date without a time',
    '<div dir="rtl">נשלם ביום שישי.</div><div dir="rtl">בתאריך 4 במאי, AR כתב/ה:</div><blockquote>Please pay.</blockquote>',
    'נשלם ביום שישי.',
  ],
  ['words of size 0 only', '<div style="font-size:0"><b>We</b> pay.</div>', 'We pay.'],
];

describe('previewOf', () => {
  it.each(BODIES)('%s', (_shape, body, preview) => {
    expect(previewOf(body, bodyTypeOf(body))).toBe(preview);
  });
});
