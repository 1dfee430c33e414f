import type {
  LicenceStatus,
  LicenceUnit,
  WorkspaceLicence,
} from '../world/workspaces/workspace-state.ts'

/** The columns a report may have. */
export type ReportColumn =
  | 'company'
  | 'application'
  | 'licenceId'
  | 'type'
  | 'status'
  | 'unit'
  | 'used'
  | 'devices'
  | 'users'
  | 'mailboxes'
  | 'limit'
  | 'expiresOn'
  | 'reportDay'

/** How one language and country writes a report. */
export interface ReportLocale {
  title: string
  sheet: string
  total: string
  headers: Record<ReportColumn, string>
  units: Record<LicenceUnit, string>
  types: Record<WorkspaceLicence['type'], string>
  statuses: Record<LicenceStatus, string>
  /** What stands where a licence has no end. */
  unlimited: string
  /** With YYYY, MM and DD, or M and D for numbers without leading zero. */
  datePattern: string
  separator: ',' | ';'
  decimalMark: '.' | ','
  groupMark: string
}

/** The languages in which a report can be written. Wording is ours: the real headers are not known. */
export const REPORT_LOCALES = {
  'en-US': {
    title: 'Licence report',
    sheet: 'Licenses',
    total: 'Total',
    headers: {
      company: 'Company',
      application: 'Application',
      licenceId: 'License ID',
      type: 'License type',
      status: 'License status',
      unit: 'Unit',
      used: 'Used',
      devices: 'Devices',
      users: 'Users',
      mailboxes: 'Mailboxes',
      limit: 'License limit',
      expiresOn: 'Expiration date',
      reportDay: 'Report date',
    },
    units: { device: 'Devices', user: 'Users', mailbox: 'Mailboxes' },
    types: { commercial: 'Commercial', subscription: 'Subscription', trial: 'Trial' },
    statuses: { active: 'Active', expired: 'Expired', paused: 'Paused' },
    unlimited: 'Unlimited',
    datePattern: 'M/D/YYYY',
    separator: ',',
    decimalMark: '.',
    groupMark: ',',
  },
  'de-DE': {
    title: 'Lizenzbericht',
    sheet: 'Lizenzen',
    total: 'Gesamt',
    headers: {
      company: 'Unternehmen',
      application: 'Programm',
      licenceId: 'Lizenz-ID',
      type: 'Lizenztyp',
      status: 'Lizenzstatus',
      unit: 'Einheit',
      used: 'Verwendet',
      devices: 'Geräte',
      users: 'Benutzer',
      mailboxes: 'Postfächer',
      limit: 'Lizenzlimit',
      expiresOn: 'Ablaufdatum',
      reportDay: 'Berichtsdatum',
    },
    units: { device: 'Geräte', user: 'Benutzer', mailbox: 'Postfächer' },
    types: { commercial: 'Kommerziell', subscription: 'Abonnement', trial: 'Test' },
    statuses: { active: 'Aktiv', expired: 'Abgelaufen', paused: 'Angehalten' },
    unlimited: 'Unbegrenzt',
    datePattern: 'DD.MM.YYYY',
    separator: ';',
    decimalMark: ',',
    groupMark: '.',
  },
  'fr-FR': {
    title: 'Rapport sur les licences',
    sheet: 'Licences',
    total: 'Total',
    headers: {
      company: 'Entreprise',
      application: 'Application',
      licenceId: 'ID de licence',
      type: 'Type de licence',
      status: 'État de la licence',
      unit: 'Unité',
      used: 'Utilisées',
      devices: 'Appareils',
      users: 'Utilisateurs',
      mailboxes: 'Boîtes aux lettres',
      limit: 'Limite de licence',
      expiresOn: 'Date d’expiration',
      reportDay: 'Date du rapport',
    },
    units: { device: 'Appareils', user: 'Utilisateurs', mailbox: 'Boîtes aux lettres' },
    types: { commercial: 'Commerciale', subscription: 'Abonnement', trial: 'Essai' },
    statuses: { active: 'Active', expired: 'Expirée', paused: 'Suspendue' },
    unlimited: 'Illimitée',
    datePattern: 'DD/MM/YYYY',
    separator: ';',
    decimalMark: ',',
    groupMark: '\u00a0',
  },
  'es-ES': {
    title: 'Informe de licencias',
    sheet: 'Licencias',
    total: 'Total',
    headers: {
      company: 'Empresa',
      application: 'Aplicación',
      licenceId: 'Id. de licencia',
      type: 'Tipo de licencia',
      status: 'Estado de la licencia',
      unit: 'Unidad',
      used: 'En uso',
      devices: 'Dispositivos',
      users: 'Usuarios',
      mailboxes: 'Buzones',
      limit: 'Límite de licencia',
      expiresOn: 'Fecha de caducidad',
      reportDay: 'Fecha del informe',
    },
    units: { device: 'Dispositivos', user: 'Usuarios', mailbox: 'Buzones' },
    types: { commercial: 'Comercial', subscription: 'Suscripción', trial: 'Prueba' },
    statuses: { active: 'Activa', expired: 'Caducada', paused: 'En pausa' },
    unlimited: 'Ilimitada',
    datePattern: 'D/M/YYYY',
    separator: ';',
    decimalMark: ',',
    groupMark: '.',
  },
  'pl-PL': {
    title: 'Raport licencji',
    sheet: 'Licencje',
    total: 'Razem',
    headers: {
      company: 'Firma',
      application: 'Aplikacja',
      licenceId: 'Identyfikator licencji',
      type: 'Typ licencji',
      status: 'Stan licencji',
      unit: 'Jednostka',
      used: 'Użyte',
      devices: 'Urządzenia',
      users: 'Użytkownicy',
      mailboxes: 'Skrzynki pocztowe',
      limit: 'Limit licencji',
      expiresOn: 'Data wygaśnięcia',
      reportDay: 'Data raportu',
    },
    units: { device: 'Urządzenia', user: 'Użytkownicy', mailbox: 'Skrzynki pocztowe' },
    types: { commercial: 'Komercyjna', subscription: 'Subskrypcja', trial: 'Próbna' },
    statuses: { active: 'Aktywna', expired: 'Wygasła', paused: 'Wstrzymana' },
    unlimited: 'Bez ograniczeń',
    datePattern: 'DD.MM.YYYY',
    separator: ';',
    decimalMark: ',',
    groupMark: '\u00a0',
  },
} as const satisfies Record<string, ReportLocale>

/** `en-US`, `de-DE`, … */
export type ReportLocaleName = keyof typeof REPORT_LOCALES
