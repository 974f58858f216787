import type {Catalogue} from '../core/text/say.ts';
import {zh as cli} from './zh/cli.ts';
import {zh as commands} from './zh/commands.ts';
import {zh as config} from './zh/config.ts';
import {zh as control} from './zh/control.ts';
import {zh as core} from './zh/core.ts';
import {zh as doctor} from './zh/doctor.ts';
import {zh as documents} from './zh/documents.ts';
import {zh as fixes} from './zh/fixes.ts';
import {zh as io} from './zh/io.ts';
import {zh as logs} from './zh/logs.ts';
import {zh as probes} from './zh/probes.ts';
import {zh as schema} from './zh/schema.ts';
import {zh as screen} from './zh/screen.ts';
import {zh as service} from './zh/service.ts';
import {zh as trials} from './zh/trials.ts';
import {zh as ui} from './zh/ui.ts';

/** Chinese (simplified): every text that is said, by its English one. */
export const catalogue: Catalogue = {
  ...core,
  ...probes,
  ...fixes,
  ...io,
  ...trials,
  ...screen,
  ...ui,
  ...cli,
  ...commands,
  ...config,
  ...control,
  ...doctor,
  ...documents,
  ...logs,
  ...schema,
  ...service,
};
