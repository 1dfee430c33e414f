import type { ServiceInput } from '../hand.ts'

/** Services that bill Kaspersky applications, for some of them one per kind of device. */
export const KASPERSKY_SERVICES: readonly ServiceInput[] = [
  {
    name: 'Endpoint Security Select - Workstation',
    sku: 'KES-SEL-WS',
    unitPrice: 3.4,
    unitCost: 1.85,
  },
  {
    name: 'Endpoint Security Select - Windows Server',
    sku: 'KES-SEL-SRV',
    unitPrice: 7.9,
    unitCost: 4.2,
  },
  {
    name: 'Endpoint Security Select - Linux & macOS',
    sku: 'KES-SEL-NIX',
    unitPrice: 3.95,
    unitCost: 2.1,
  },
  {
    name: 'Endpoint Security Advanced - Workstation',
    sku: 'KES-ADV-WS',
    unitPrice: 4.85,
    unitCost: 2.7,
  },
  {
    name: 'Endpoint Security Advanced - Windows Server',
    sku: 'KES-ADV-SRV',
    unitPrice: 9.6,
    unitCost: 5.35,
  },
  {
    name: 'Endpoint Security Advanced - Linux & macOS',
    sku: 'KES-ADV-NIX',
    unitPrice: 5.2,
    unitCost: 2.9,
  },
  { name: 'Kaspersky Next EDR Foundations', sku: 'KNEXT-FND', unitPrice: 4.2, unitCost: 2.35 },
  { name: 'Kaspersky EDR Optimum', sku: 'KEDRO', unitPrice: 5.15, unitCost: 3.05 },
  {
    name: 'Kaspersky Hybrid Cloud Security (per server)',
    sku: 'KHCS',
    unitPrice: 12.5,
    unitCost: 7.4,
  },
  {
    name: 'Kaspersky Mail Server Security (per mailbox)',
    sku: 'KSMAIL',
    unitPrice: 1.75,
    unitCost: 0.95,
  },
  { name: 'Kaspersky Patch Management', sku: 'KVPM', unitPrice: 1.6, unitCost: 0.8 },
]

/** What a provider sells besides. */
export const OTHER_SERVICES: readonly ServiceInput[] = [
  { name: 'Helpdesk Flat (per user)', sku: 'HD-USER', unitPrice: 39, unitCost: 21 },
  { name: 'Server Monitoring', sku: 'MON-SRV', unitPrice: 24.5, unitCost: 6.3 },
  { name: 'Workstation Monitoring & Patching', sku: 'MON-WS', unitPrice: 5.9, unitCost: 1.9 },
  { name: 'Cloud Backup 100 GB', sku: 'BKP-100', unitPrice: 12.9, unitCost: 5.4 },
  {
    name: 'Cloud Backup Microsoft 365 (per mailbox)',
    sku: 'BKP-365',
    unitPrice: 2.8,
    unitCost: 1.2,
  },
  { name: 'Local Backup Appliance', sku: 'BKP-LOC', unitPrice: 89, unitCost: 52 },
  { name: 'Hosted Telephone Extension', sku: 'VOIP-EXT', unitPrice: 9.95, unitCost: 4.15 },
  { name: 'SIP Trunk', sku: 'VOIP-SIP', unitPrice: 19.9, unitCost: 9.9 },
  { name: 'Managed Firewall', sku: 'FW-MAN', unitPrice: 65, unitCost: 27.5 },
  { name: 'Managed Wi-Fi Access Point', sku: 'WIFI-AP', unitPrice: 11.5, unitCost: 3.9 },
  { name: 'Mail Archive (per mailbox)', sku: 'ARC-MBX', unitPrice: 1.95, unitCost: 0.75 },
  { name: 'Web Hosting Business', sku: 'WEB-BUS', unitPrice: 14.9, unitCost: 3.2 },
  { name: 'Domain (yearly)', sku: 'DOM-YR', unitPrice: 24, unitCost: 11, periodType: 5 },
  { name: 'Password Safe (per user)', sku: 'PWS', unitPrice: 3.2, unitCost: 1.55 },
  {
    name: 'Former Antivirus (no longer sold)',
    sku: 'AV-OLD',
    unitPrice: 2.1,
    unitCost: 1,
    isActive: false,
  },
]

/** A bundle: its own price, and the services that make it up by their SKU. */
export const BUNDLES: readonly { name: string; unitPrice: number; members: readonly string[] }[] = [
  {
    name: 'Workplace Complete',
    unitPrice: 62.5,
    members: ['HD-USER', 'MON-WS', 'BKP-365', 'PWS'],
  },
]
