/** Words of one language from which customers' names are made. */
export interface NameWords {
  country: string
  families: readonly string[]
  trades: readonly string[]
  forms: readonly string[]
  cities: readonly string[]
  /** `family trade` or `trade family`, as the language puts it. */
  order: 'family first' | 'trade first'
}

/** Word lists by language. Surnames, trades and towns are common ones; the combinations are drawn, not real companies. */
export const NAME_WORDS: readonly NameWords[] = [
  {
    country: 'DE',
    families: [
      'Brandstätter',
      'Grünwald',
      'Weißhaupt',
      'Kößler',
      'Jürgensen',
      'Hübschmann',
      'Röhrig',
      'Vogelsänger',
    ],
    trades: [
      'Metallbau',
      'Steuerberatung',
      'Zahnarztpraxis',
      'Spedition',
      'Elektrotechnik',
      'Gartenbau',
      'Möbelwerk',
      'Schädlingsbekämpfung',
    ],
    forms: ['GmbH', 'GmbH & Co. KG', 'e.K.', 'AG', 'OHG', 'PartG mbB'],
    cities: ['Göttingen', 'Würzburg', 'Lübeck', 'Nürnberg', 'Saarbrücken'],
    order: 'family first',
  },
  {
    country: 'AT',
    families: ['Öllinger', 'Hölzl', 'Moosbrugger', 'Pröll', 'Stückler'],
    trades: ['Seilbahnen', 'Weingut', 'Notariat', 'Tischlerei', 'Fördertechnik'],
    forms: ['GmbH', 'Gesellschaft m.b.H.', 'KG', 'OG'],
    cities: ['Sankt Pölten', 'Kitzbühel', 'Mödling'],
    order: 'family first',
  },
  {
    country: 'CH',
    families: ['Zürcher', 'Bünzli', 'Rüegg', 'Amstütz'],
    trades: ['Treuhand', 'Uhrenteile', 'Käserei', 'Architekten'],
    forms: ['AG', 'GmbH', 'Sàrl', 'SA'],
    cities: ['Winterthur', 'Zürich', 'Neuchâtel'],
    order: 'family first',
  },
  {
    country: 'FR',
    families: ['Lefèvre', 'Gaudîn', 'Bérenger', 'Thébault', 'Clément'],
    trades: [
      'Menuiserie',
      'Cabinet dentaire',
      'Transports',
      'Imprimerie',
      'Boulangerie',
      'Étanchéité',
    ],
    forms: ['SARL', 'SAS', 'SA', 'EURL'],
    cities: ['Orléans', 'Nîmes', 'Besançon', 'Angoulême'],
    order: 'trade first',
  },
  {
    country: 'ES',
    families: ['Núñez', 'Ibáñez', 'Peñarrubia', 'Martínez Ríos'],
    trades: ['Asesoría', 'Construcciones', 'Clínica', 'Logística', 'Bodegas'],
    forms: ['S.L.', 'S.A.', 'S.L.U.'],
    cities: ['Logroño', 'Málaga', 'Cádiz'],
    order: 'trade first',
  },
  {
    country: 'IT',
    families: ['Bevilacqua', 'Donà', 'Quaranta', 'Passerò'],
    trades: ['Studio legale', 'Officine', 'Ceramiche', 'Farmacia', 'Autotrasporti'],
    forms: ['S.r.l.', 'S.p.A.', 'S.n.c.'],
    cities: ['Forlì', 'Bergamo', 'Treviso'],
    order: 'trade first',
  },
  {
    country: 'PT',
    families: ['Conceição', 'Magalhães', 'Simões', 'Falcão'],
    trades: ['Contabilidade', 'Cortiças', 'Clínica Dentária', 'Transportes'],
    forms: ['Lda.', 'S.A.', 'Unipessoal Lda.'],
    cities: ['Setúbal', 'Évora', 'Guimarães'],
    order: 'trade first',
  },
  {
    country: 'PL',
    families: ['Wiśniewski', 'Łukaszewicz', 'Gołąb', 'Żurawski'],
    trades: ['Kancelaria', 'Stolarnia', 'Hurtownia', 'Przychodnia'],
    forms: ['sp. z o.o.', 'S.A.', 'sp. j.'],
    cities: ['Łódź', 'Kraków', 'Rzeszów'],
    order: 'trade first',
  },
  {
    country: 'CZ',
    families: ['Dvořáček', 'Růžička', 'Šimůnek', 'Kříž'],
    trades: ['Strojírna', 'Účetnictví', 'Pivovar', 'Ordinace'],
    forms: ['s.r.o.', 'a.s.', 'v.o.s.'],
    cities: ['Plzeň', 'Třebíč', 'Kroměříž'],
    order: 'trade first',
  },
  {
    country: 'NL',
    families: ['van der Meulen', 'Hoekstra', 'Brouwer', 'de Coöne'],
    trades: ['Bouw', 'Installatietechniek', 'Accountants', 'Bloemen'],
    forms: ['B.V.', 'V.O.F.', 'N.V.'],
    cities: ['Zwolle', 'Breda', 'Leeuwarden'],
    order: 'family first',
  },
  {
    country: 'DK',
    families: ['Sørensen', 'Nørgaard', 'Kjær', 'Højbjerg'],
    trades: ['Tømrer', 'Regnskab', 'Tandlægerne', 'Maskinfabrik'],
    forms: ['ApS', 'A/S', 'I/S'],
    cities: ['Aarhus', 'Næstved', 'Helsingør'],
    order: 'family first',
  },
  {
    country: 'SE',
    families: ['Åkerlund', 'Öberg', 'Sjöström', 'Hägglund'],
    trades: ['Bygg', 'Redovisning', 'Åkeri', 'Tandvård'],
    forms: ['AB', 'HB'],
    cities: ['Malmö', 'Örebro', 'Västerås'],
    order: 'family first',
  },
  {
    country: 'HU',
    families: ['Szűcs', 'Győri', 'Kovácsházi', 'Török'],
    trades: ['Könyvelés', 'Faipari', 'Fuvarozó', 'Gyógyszertár'],
    forms: ['Kft.', 'Zrt.', 'Bt.'],
    cities: ['Győr', 'Székesfehérvár', 'Kecskemét'],
    order: 'family first',
  },
]
