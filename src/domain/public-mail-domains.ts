/** Domains of public mail providers: two addresses at one of them are unrelated. */
const PUBLIC_DOMAINS = new Set(
  (
    'gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io ' +
    'hey.com fastmail.com fastmail.fm zohomail.com zoho.com mail.com email.com usa.com gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.us web.de ' +
    't-online.de freenet.de arcor.de mailbox.org posteo.de posteo.net 1und1.de online.de bluewin.ch hispeed.ch sunrise.ch aon.at ' +
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr libero.it virgilio.it tiscali.it alice.it tin.it ' +
    'telefonica.net terra.es terra.com.br uol.com.br bol.com.br ig.com.br globo.com sapo.pt mail.pt ziggo.nl kpnmail.nl planet.nl hetnet.nl ' +
    'xs4all.nl home.nl telenet.be skynet.be proximus.be telia.com bredband.net comhem.se online.no mail.dk elisanet.fi kolumbus.fi ' +
    'wp.pl o2.pl interia.pl interia.eu onet.pl op.pl poczta.onet.pl seznam.cz email.cz post.cz centrum.cz centrum.sk azet.sk zoznam.sk ' +
    'freemail.hu citromail.hu abv.bg mail.bg yandex.ru yandex.com ya.ru mail.ru bk.ru list.ru inbox.ru rambler.ru ukr.net i.ua meta.ua ' +
    'qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com 189.cn aliyun.com naver.com hanmail.net daum.net nate.com ' +
    'docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com so-net.ne.jp biglobe.ne.jp ocn.ne.jp rediffmail.com bigpond.com bigpond.net.au ' +
    'optusnet.com.au iinet.net.au xtra.co.nz btinternet.com talktalk.net sky.com virginmedia.com ntlworld.com blueyonder.co.uk ' +
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net ' +
    'shaw.ca rogers.com sympatico.ca telus.net videotron.ca walla.co.il walla.com mynet.com duck.com mailinator.com hushmail.com lycos.com ' +
    'privaterelay.appleid.com users.noreply.github.com'
  ).split(' '),
);

/** `yahoo.co.uk`, `hotmail.fr`, `live.nl`, `outlook.com.br`: the same providers in every country. */
const PUBLIC_IN_EVERY_COUNTRY =
  '^(?:yahoo|ymail|rocketmail|hotmail|live|outlook|msn|windowslive|passport|gmx|yandex)[.][a-z]{2,3}(?:[.][a-z]{2})?$';
const IN_EVERY_COUNTRY = new RegExp(PUBLIC_IN_EVERY_COUNTRY);

/** @param domain in lower case, in its ASCII form */
export function isPublicMailDomain(domain: string): boolean {
  return PUBLIC_DOMAINS.has(domain) || IN_EVERY_COUNTRY.test(domain);
}

/** SQL condition: {@link isPublicMailDomain} of a SQL expression. */
export function isPublicMailDomainSql(domain: string): string {
  return `(${domain} = ANY('{${[...PUBLIC_DOMAINS].join(',')}}'::text[]) OR ${domain} ~ '${PUBLIC_IN_EVERY_COUNTRY}')`;
}
