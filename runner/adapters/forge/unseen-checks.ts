import type { Check } from '../../core/forge/pull-request.js';

/**
 * What stands for checks beyond the `most` that are asked for: one that has to pass and has not, so that nothing is taken for checked of which a part was not looked at. None
 * where there are fewer.
 */
export const unseenChecks = (count: number, most: number): readonly Check[] =>
  count < most
    ? []
    : [{ name: `those after the first ${String(most)}`, state: 'pending', isRequired: true, url: '', summary: '' }];
