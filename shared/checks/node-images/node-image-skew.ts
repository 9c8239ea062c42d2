import { fail, nodePoolCheck, pass, unknown } from '../../model/check';
import { days } from '../../model/params';
import { nodePoolCommand } from '../commands';
import { wholeDays, stoppedVerdict } from '../facts';
import { parseNodeImage, withImage } from '../node-image';

export const nodeImageSkew = nodePoolCheck({
  id: 'node-image-skew',
  title: 'Node pools of one image family run the same image',
  category: 'nodes',
  severity: 'low',
  checklistItem: 'S10',
  rationale:
    'Pools that differ in their images differ in kernel, container runtime and open vulnerabilities, so that what works and is safe in one pool may not be in the other. A pool that stays behind is mostly one whose upgrade failed.',
  remediation: nodePoolCommand('upgrade', '--node-image-only'),
  references: [
    'https://learn.microsoft.com/azure/aks/node-image-upgrade',
    'https://learn.microsoft.com/azure/aks/node-images',
  ],
  // A release takes up to two weeks to reach all pools.
  params: { graceDays: days(14, 'by which an image must be older than another to fail', { min: 1, max: 90 }) },

  evaluate({ cluster, pool }, { params: { graceDays } }) {
    return (
      stoppedVerdict(cluster, pool) ??
      withImage(pool, ({ family, date }, nodeImageVersion) => {
        const others = (cluster.nodePools ?? []).map(({ name, nodeImageVersion: image = '' }) => ({
          ...{ name, nodeImageVersion: image },
          image: parseNodeImage(image),
        }));
        const dated = others.flatMap(({ image, ...rest }) => (image?.family === family ? [{ ...rest, ...image }] : []));
        const [newest] = dated.toSorted((one, other) => other.date.getTime() - one.date.getTime());
        const behind = newest === undefined ? 0 : wholeDays(date, newest.date);
        const observed = { nodeImageVersion, newest: newest?.nodeImageVersion ?? null, newestIn: newest?.name ?? null };
        if (newest !== undefined && behind >= graceDays) {
          const message = `The image ${nodeImageVersion} is ${behind} days older than ${newest.nodeImageVersion} in the pool ${newest.name}; it fails from ${graceDays} days on.`;
          return fail(message, { observed });
        }
        // An image that cannot be read may be the one that leaves this one behind.
        const unread = others.filter(({ image }) => image === null).map(({ name }) => name);
        if (unread.length > 0) {
          const message = `nodeImageVersion is missing or holds no date in ${unread.join(', ')}, so that it cannot be compared.`;
          return unknown('notVisible', message, { observed });
        }
        return behind === 0
          ? pass(`No pool of the cluster runs a newer image of the family than ${nodeImageVersion}.`, { observed })
          : pass(
              `The image ${nodeImageVersion} is ${behind} days older than the newest of its family in the cluster, and it fails from ${graceDays} days on.`,
              { observed },
            );
      })
    );
  },
});
