import { isUuid, type RefusalDetail } from '@linli/kernel';
import type { ServiceGuide } from '@linli/contracts';
import type { CaseFile } from './case';

/** More files than this at once are a mistake. */
const filesMost = 40;

/** The files handed over with a draft or a correction, each once; what is wrong with them is added to `problems`. */
export function filesOf(
  materials: readonly { readonly materialId: string; readonly fileId: string }[],
  fileIds: readonly string[],
  guide: ServiceGuide | undefined,
  problems: RefusalDetail[],
): CaseFile[] {
  const known = new Set(guide?.materials.map((material) => material.id));
  materials.forEach(({ materialId, fileId }, index) => {
    if (!known.has(materialId))
      problems.push({ at: `materials[${index}].materialId`, problem: '这个事项的指南里没有这项材料' });
    if (!isUuid(fileId)) problems.push({ at: `materials[${index}].fileId`, problem: '没有这个文件，请重新上传' });
  });
  fileIds.forEach((fileId, index) => {
    if (!isUuid(fileId)) problems.push({ at: `fileIds[${index}]`, problem: '没有这个文件，请重新上传' });
  });
  if (materials.length + fileIds.length > filesMost)
    problems.push({ at: 'fileIds', problem: `一次最多交${filesMost}个文件` });
  const named = new Map(materials.map((one) => [`${one.materialId} ${one.fileId}`, one]));
  const asMaterial = new Set(materials.map((one) => one.fileId));
  const others = [...new Set(fileIds)].filter((fileId) => !asMaterial.has(fileId));
  return [
    ...[...named.values()].map(({ materialId, fileId }) => ({ fileId, materialId, evidence: false })),
    ...others.map((fileId) => ({ fileId, materialId: null, evidence: false })),
  ];
}
