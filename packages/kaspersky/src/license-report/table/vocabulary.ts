import type { UsageUnit } from '@trueup/core'
import { fold } from './fold.ts'

/** What a column is for. */
export type ColumnRole =
  | 'company'
  | 'application'
  | 'quantity'
  | 'unit'
  | 'limit'
  | 'status'
  | 'type'
  | 'expiry'
  | 'reportDay'
  | 'licenceId'

/** What a licence is: running, or for which reason not counted. */
export type StatusMeaning = 'RUNNING' | 'NOT_RUNNING'
/** Whether a kind of licence is ever counted. */
export type TypeMeaning = 'COUNTED' | 'NEVER_COUNTED'

// The console's real wording is not documented and differs by language, so these lists propose and never decide:
// a title or word that is not here is asked for, not guessed.

const TITLES: Readonly<Record<ColumnRole, string>> = {
  company: `company|company name|customer|customer name|client|client name|workspace|workspace name|organization|
    organisation|account|tenant|unternehmen|unternehmensname|firma|firmenname|kunde|kundenname|mandant|arbeitsbereich|
    entreprise|societe|nom de l entreprise|espace de travail|empresa|nombre de la empresa|cliente|nombre del cliente|
    espacio de trabajo|azienda|societa|nome azienda|area di lavoro|bedrijf|bedrijfsnaam|klant|klantnaam|werkruimte|
    nazwa firmy|przedsiebiorstwo|klient|nome da empresa|spolecnost|nazev spolecnosti|zakaznik|компания|
    название компании|организация|клиент|sirket|sirket adi|musteri|virksomhed|foretag|yritys|asiakas`,
  application: `application|application name|product|product name|solution|license name|licence name|programm|
    anwendung|produkt|produktname|losung|lizenzname|application kaspersky|produit|nom du produit|aplicacion|producto|
    nombre del producto|solucion|applicazione|prodotto|nome prodotto|soluzione|toepassing|oplossing|aplikacja|
    nazwa produktu|rozwiazanie|aplicacao|aplicativo|produto|aplikace|nazev produktu|reseni|приложение|программа|
    продукт|решение|uygulama|urun|applikation|sovellus|tuote`,
  quantity: `used|in use|usage|used quantity|quantity used|quantity|units used|used units|number used|connected|
    protected|consumed|used licenses|used licences|licenses used|licences used|verwendet|genutzt|benutzt|belegt|
    anzahl|menge|in verwendung|in nutzung|verwendete lizenzen|genutzte lizenzen|utilisees|utilises|utilise|
    utilisation|quantite|en uso|usado|usados|utilizadas|cantidad|in uso|usati|utilizzate|utilizzati|quantita|
    gebruikt|in gebruik|aantal|uzyte|uzywane|wykorzystane|ilosc|liczba|em uso|quantidade|pouzito|pouzite|
    mnozstvi|pocet|используется|использовано|количество|kullanilan|miktar|brugt|anvanda|antal|kaytossa|maara`,
  unit: `unit|unit type|license unit|licence unit|measure|einheit|lizenzeinheit|unite|unidad|unita|eenheid|jednostka|
    unidade|jednotka|единица|единица измерения|birim|enhed|enhet|yksikko`,
  limit: `limit|license limit|licence limit|maximum|max|licensed|purchased|total licenses|total licences|seats|
    lizenzlimit|lizenzgrenze|maximal|gekauft|erworben|lizenzen|anzahl lizenzen|limite|limite de licence|achetees|
    limite de licencia|adquiridas|limite di licenza|acquistate|licentielimiet|gekochte licenties|limit licencji|
    zakupione|limite de licenca|limit licence|limit licenci|лимит|ограничение лицензии|lisans siniri|licensgraense|licensgrans`,
  status: `status|license status|licence status|state|lizenzstatus|zustand|etat|statut|etat de la licence|estado|
    estado de la licencia|stato|stato licenza|stato della licenza|licentiestatus|stan|stan licencji|status licencji|
    status da licenca|stav|stav licence|статус|состояние|статус лицензии|durum|lisans durumu|tila`,
  type: `type|license type|licence type|key type|lizenztyp|typ|art|lizenzart|type de licence|tipo|tipo de licencia|
    tipo di licenza|tipo licenza|licentietype|typ licencji|rodzaj licencji|tipo de licenca|typ licence|тип|
    тип лицензии|tur|lisans turu|licenstype|licenstyp`,
  expiry: `expiry|expires|expires on|expiry date|expiration|expiration date|valid until|end date|license expiration|
    license expiration date|ablaufdatum|ablauf|gultig bis|gueltig bis|lauft ab|enddatum|lizenzablauf|date d expiration|
    expiration|valable jusqu au|fecha de caducidad|fecha de vencimiento|caduca|vencimiento|data di scadenza|scadenza|
    valido fino al|vervaldatum|geldig tot|data wygasniecia|wazna do|data de expiracao|valido ate|datum vyprseni|
    platnost do|дата окончания|срок действия|действует до|истекает|bitis tarihi|son kullanma tarihi|udlobsdato`,
  reportDay: `report date|date of report|date|as of|generated|created on|berichtsdatum|datum|stand|erstellt am|
    date du rapport|fecha del informe|fecha|data del report|data report|data del rapporto|data|rapportdatum|
    datum rapport|data raportu|data do relatorio|datum sestavy|datum reportu|дата отчета|дата|rapor tarihi|tarih`,
  licenceId: `license id|licence id|license|licence|license key|licence key|key|serial|serial number|subscription id|
    lizenz id|lizenz|lizenzschlussel|lizenznummer|schlussel|seriennummer|id de licence|cle de licence|numero de serie|
    id de licencia|clave de licencia|id licenza|chiave di licenza|licentie id|licentiesleutel|identyfikator licencji|
    klucz licencji|id da licenca|id licence|licencni klic|идентификатор лицензии|лицензия|ключ|lisans kimligi`,
}

const UNITS: Readonly<Record<UsageUnit, string>> = {
  DEVICE: `device|devices|node|nodes|computer|computers|endpoint|endpoints|workstation|number of devices|gerat|gerate|
    geraet|geraete|anzahl gerate|computer|appareil|appareils|ordinateurs|nombre d appareils|dispositivo|dispositivos|
    equipos|numero de dispositivos|dispositivi|numero di dispositivi|apparaat|apparaten|aantal apparaten|urzadzenie|
    urzadzenia|liczba urzadzen|zarizeni|pocet zarizeni|устройство|устройства|количество устройств|cihaz|cihazlar|
    enhed|enheder|enheter|laitteet`,
  USER: `user|users|number of users|benutzer|nutzer|anwender|anzahl benutzer|anzahl nutzer|utilisateur|utilisateurs|
    nombre d utilisateurs|usuario|usuarios|numero de usuarios|utente|utenti|numero di utenti|gebruiker|gebruikers|
    aantal gebruikers|uzytkownik|uzytkownicy|liczba uzytkownikow|utilizador|utilizadores|uzivatel|uzivatele|
    pocet uzivatelu|пользователь|пользователи|количество пользователей|kullanici|kullanicilar|bruger|brugere|
    anvandare|kayttajat`,
  MAILBOX: `mailbox|mailboxes|protected mailboxes|number of mailboxes|postfach|postfacher|postfaecher|
    geschutzte postfacher|anzahl postfacher|boite aux lettres|boites aux lettres|boites mail|boites de messagerie|
    nombre de boites aux lettres|buzon|buzones|buzones protegidos|casella|caselle|caselle di posta|caselle protette|
    postvak|postvakken|beveiligde postvakken|skrzynka|skrzynki|skrzynki pocztowe|caixa de correio|caixas de correio|
    schranka|schranky|postovni schranky|почтовый ящик|почтовые ящики|posta kutusu|posta kutulari|postkasse|
    postkasser|brevlador|postilaatikot`,
}

const STATUSES: Readonly<Record<StatusMeaning, string>> = {
  RUNNING: `active|valid|ok|in use|expires soon|expiring|expiring soon|limit exceeded|aktiv|gultig|gueltig|lauft bald ab|
    active|valide|expire bientot|activa|activo|valida|attiva|attivo|actief|geldig|aktywna|aktywny|wazna|ativa|ativo|
    aktivni|platna|активна|активная|действует|etkin|gecerli`,
  NOT_RUNNING: `expired|paused|suspended|canceled|cancelled|inactive|blocked|terminated|not active|abgelaufen|
    angehalten|pausiert|ausgesetzt|gekundigt|gesperrt|inaktiv|expiree|expire|suspendue|suspendu|annulee|inactive|
    bloquee|caducada|caducado|vencida|en pausa|suspendida|cancelada|inactiva|scaduta|scaduto|sospesa|annullata|
    inattiva|verlopen|gepauzeerd|opgeschort|geannuleerd|inactief|wygasla|wygasly|wstrzymana|zawieszona|anulowana|
    nieaktywna|expirada|suspensa|vyprsela|pozastavena|zrusena|neaktivni|истекла|приостановлена|отменена|
    неактивна|suresi doldu|askiya alindi`,
}

const TYPES: Readonly<Record<TypeMeaning, string>> = {
  COUNTED: `commercial|subscription|kommerziell|kommerzielle lizenz|abonnement|abo|commerciale|commercial|comercial|
    suscripcion|abbonamento|sottoscrizione|commercieel|komercyjna|subskrypcja|subscricao|assinatura|komercni|
    predplatne|коммерческая|подписка|ticari|abonelik`,
  NEVER_COUNTED: `trial|test|evaluation|beta|demo|testversion|testlizenz|essai|version d essai|evaluation|prueba|
    evaluacion|prova|versione di prova|proef|proefversie|probna|testowa|avaliacao|teste|zkusebni|пробная|тестовая|
    deneme`,
}

const UNLIMITED = `unlimited|never|no limit|none|unbegrenzt|unbefristet|nie|illimitee|illimite|ilimitada|ilimitado|
  sin limite|nunca|illimitata|illimitato|mai|onbeperkt|nooit|bez ograniczen|nieograniczona|nigdy|ilimitado|neomezena|
  neomezene|без ограничений|бессрочная|неограниченно|sinirsiz`

const TOTALS = `total|totals|sum|grand total|gesamt|gesamtsumme|summe|insgesamt|somme|total general|suma|totale|
  totaal|som|razem|lacznie|soma|celkem|итого|всего|toplam|i alt|summa|yhteensa`

/** Which meaning a folded word has; `null` when it is in no list. */
export type Lookup<T> = (word: string) => T | null

/** The role of a column by its title. */
export const roleOfTitle: Lookup<ColumnRole> = lookup(TITLES)
/** The unit that a word, or the title of a column of quantities, names. */
export const unitOfWord: Lookup<UsageUnit> = lookup(UNITS)
/** What a status means. */
export const meaningOfStatus: Lookup<StatusMeaning> = lookup(STATUSES)
/** What a licence type means. */
export const meaningOfType: Lookup<TypeMeaning> = lookup(TYPES)

const unlimited = words(UNLIMITED)
const totals = words(TOTALS)

/** Whether a text says that there is no end or no limit. */
export function isUnlimited(text: string): boolean {
  return unlimited.has(fold(text))
}

/** Whether a text is what stands before a line of totals. */
export function isTotal(text: string): boolean {
  return totals.has(fold(text))
}

function lookup<T extends string>(lists: Readonly<Record<T, string>>): Lookup<T> {
  const meanings = new Map<string, T>()
  for (const [meaning, list] of Object.entries(lists) as [T, string][]) {
    for (const word of words(list)) if (!meanings.has(word)) meanings.set(word, meaning)
  }
  return (word) => meanings.get(fold(word)) ?? null
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split('|').map(fold))
}
