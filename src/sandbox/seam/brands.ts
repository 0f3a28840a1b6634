import type { Device } from 'seam';

/** A maker of locks that a person can sign in to. */
export interface Brand {
  /** Seam's provider key. */
  key: string;
  name: string;
  deviceType: Device['device_type'];
  model: string;
  /** A colour of its own, for its tile and the picture of its lock. */
  colour: string;
  /** True where the brand asks for a code after the password. */
  asksCode: boolean;
  /** The brand's own block in `device.properties`, where Seam has one. */
  metadata(id: string, name: string): Record<string, unknown>;
}

const byDevice = (key: string) => (id: string, name: string) => ({
  [`${key}_metadata`]: { device_id: id, device_name: name },
});

/** The brands on the login page, in the order shown. */
export const BRANDS: readonly Brand[] = [
  {
    key: 'august',
    name: 'August',
    deviceType: 'august_lock',
    model: 'Wi-Fi Smart Lock',
    colour: '#b3261e',
    asksCode: false,
    metadata: (id, name) => ({ august_metadata: { lock_id: id, lock_name: name, has_keypad: true } }),
  },
  {
    key: 'yale',
    name: 'Yale',
    deviceType: 'yale_lock',
    model: 'Assure Lock 2',
    colour: '#8a6a00',
    asksCode: false,
    metadata: () => ({}),
  },
  {
    key: 'schlage',
    name: 'Schlage',
    deviceType: 'schlage_lock',
    model: 'Encode',
    colour: '#1f5fa8',
    asksCode: true,
    metadata: byDevice('schlage'),
  },
  {
    key: 'nuki',
    name: 'Nuki',
    deviceType: 'nuki_lock',
    model: 'Smart Lock Pro',
    colour: '#a34a00',
    asksCode: false,
    metadata: byDevice('nuki'),
  },
  {
    key: 'igloohome',
    name: 'igloohome',
    deviceType: 'igloohome_lock',
    model: 'Deadbolt 2S',
    colour: '#0b6e6e',
    asksCode: false,
    metadata: byDevice('igloohome'),
  },
  {
    key: 'kwikset',
    name: 'Kwikset',
    deviceType: 'kwikset_lock',
    model: 'Halo',
    colour: '#6b3fa0',
    asksCode: false,
    metadata: byDevice('kwikset'),
  },
  {
    key: 'smartthings',
    name: 'SmartThings',
    deviceType: 'smartthings_lock',
    model: 'Smart Lock',
    colour: '#2f6b2f',
    asksCode: false,
    metadata: byDevice('smartthings'),
  },
];

/** The brand of that provider key, if its page is played here. */
export function brandOf(key: string): Brand | undefined {
  return BRANDS.find((brand) => brand.key === key);
}

/** Every provider key that Seam's API accepts, most of which have no page here. */
export const PROVIDER_KEYS = (
  'hotek dormakaba_community legic_connect akuvox august avigilon_alta brivo butterflymx schlage smartthings ' +
  'yale genie doorking salto salto_ks salto_ks_accept lockly ttlock linear noiseaware nuki igloo kwikset minut ' +
  'my_2n controlbyweb nest igloohome ecobee four_suites dormakaba_oracode pti wyze seam_passport visionline ' +
  'assa_abloy_credential_service tedee honeywell_resideo first_alert latch akiles assa_abloy_vostio ' +
  'assa_abloy_vostio_credential_service tado salto_space sensi keynest korelock keyincode dormakaba_ambiance ' +
  'ultraloq dusaw sifely thirty_three_lock ring ical lodgify hostaway guesty acuity_scheduling omnitec kisi ' +
  'yale_access hid_cm google_nest slack'
).split(' ');
