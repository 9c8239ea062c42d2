import { parseNodeImage } from '../../shared/checks/node-image';

/** Names of the AKS documentation and release notes, and of recorded bodies. */
const NAMES: readonly (readonly [name: string, family: string, os: string, day: string])[] = [
  // Linux
  ['AKSUbuntu-2204gen2containerd-202602.13.5', 'aksubuntu-2204gen2containerd', 'Linux', '2026-02-13'],
  ['AKSUbuntu-2204gen2containerd-202306.01.0', 'aksubuntu-2204gen2containerd', 'Linux', '2023-06-01'],
  ['AKSUbuntu-2204gen2arm64containerd-202506.16.0', 'aksubuntu-2204gen2arm64containerd', 'Linux', '2025-06-16'],
  ['AKSUbuntu-2004gen2fipscontainerd-202401.09.2', 'aksubuntu-2004gen2fipscontainerd', 'Linux', '2024-01-09'],
  ['AKSUbuntu-2004gen2CVMcontainerd-202507.02.0', 'aksubuntu-2004gen2cvmcontainerd', 'Linux', '2025-07-02'],
  ['AKSUbuntu-2204gen2TLcontainerd-202410.27.0', 'aksubuntu-2204gen2tlcontainerd', 'Linux', '2024-10-27'],
  ['AKSAzureLinux-V3gen2-202509.23.0', 'aksazurelinux-v3gen2', 'Linux', '2025-09-23'],
  ['AKSAzureLinux-V2gen2-202407.22.0', 'aksazurelinux-v2gen2', 'Linux', '2024-07-22'],
  ['AKSAzureLinux-OSGuardV3gen2fipsTL-202602.13.5', 'aksazurelinux-osguardv3gen2fipstl', 'Linux', '2026-02-13'],
  ['AKSFlatcar-flatcargen2-202508.06.0', 'aksflatcar-flatcargen2', 'Linux', '2025-08-06'],
  ['AKSAzureContainerLinux-202606.01.0', 'aksazurecontainerlinux', 'Linux', '2026-06-01'],
  ['AKSUbuntuEdgeZone-2204gen2containerd-202602.13.12', 'aksubuntuedgezone-2204gen2containerd', 'Linux', '2026-02-13'],
  // Linux, until 2022
  ['AKSUbuntu-1804-2020.03.05', 'aksubuntu-1804', 'Linux', '2020-03-05'],
  ['AKSUbuntu-1804gen2containerd-2022.07.18', 'aksubuntu-1804gen2containerd', 'Linux', '2022-07-18'],
  ['AKSCBLMariner-V2katagen2TL-2022.12.15', 'akscblmariner-v2katagen2tl', 'Linux', '2022-12-15'],
  ['AKSUbuntu-1804-2020.02.29', 'aksubuntu-1804', 'Linux', '2020-02-29'],
  // Windows
  ['AKSWindows-2019-17763.1554.201021', 'akswindows-2019', 'Windows', '2020-10-21'],
  ['AKSWindows-2019-containerd-17763.4499.230614', 'akswindows-2019-containerd', 'Windows', '2023-06-14'],
  ['AKSWindows-2022-containerd-gen2-20348.4529.251212', 'akswindows-2022-containerd-gen2', 'Windows', '2025-12-12'],
  ['AKSWindows-2022-23H2-25398.1369.250117', 'akswindows-2022-23h2', 'Windows', '2025-01-17'],
  ['AKSWindows-2025-gen2-26100.7462.251212', 'akswindows-2025-gen2', 'Windows', '2025-12-12'],
];

const UNREADABLE = [
  '',
  'AKSUbuntu',
  'AKSUbuntu:1604:2020.03.11',
  'AKSUbuntu-2204gen2containerd',
  'AKSUbuntu-2204gen2containerd-latest',
  // No calendar has these days.
  'AKSUbuntu-2204gen2containerd-202613.01.0',
  'AKSUbuntu-2204gen2containerd-202602.30.0',
  'AKSUbuntu-1804-2021.02.29',
  'AKSWindows-2022-20348.3091.251301',
  'AKSUbuntu-2204gen2containerd-202410.27.0-2024.13.01',
  // The first form decides: its wrong date is not read as the family of another form.
  'AKSUbuntu-2204gen2containerd-202413.27.0-2024.12.01',
  '-202602.13.5',
  'AKSUbuntu-2204gen2containerd-202602.13.5\n',
];

describe('parseNodeImage', () => {
  it.each(NAMES)('reads %s', (name, family, os, day) => {
    expect(parseNodeImage(name)).toEqual({ family, os, date: new Date(`${day}T00:00:00.000Z`), patchedTo: null });
  });

  it('reads to which day the channel SecurityPatch patched an image', () => {
    expect(parseNodeImage('AKSUbuntu-2204gen2containerd-202410.27.0-2024.12.01')).toEqual({
      family: 'aksubuntu-2204gen2containerd',
      os: 'Linux',
      date: new Date('2024-10-27T00:00:00.000Z'),
      patchedTo: new Date('2024-12-01T00:00:00.000Z'),
    });
  });

  it.each(UNREADABLE)('does not guess the date of "%s"', (name) => {
    expect(parseNodeImage(name)).toBeNull();
  });
});
