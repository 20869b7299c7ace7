import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

declare const doors: { forbidden: IForbiddenRuleType[]; options: ICruiseOptions };
export = doors;
