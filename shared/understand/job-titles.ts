/** Departments and titles as people say them; sources of regular expressions over lower case. Short on purpose: they are compiled on a call's first reading. */
export const DEPARTMENT =
  '(?:sales|marketing|operations|ops|finance|legal|procurement|purchasing|it|security|infosec|compliance|hr|people ops|product|engineering|support|customer success|customer service|revops|data|analytics|technology|accounting|facilities|logistics|supply chain|human resources|business development|production|quality)';
const AREA = '[a-z]+(?: (?:success|chain|service|services|development|resources|technology|and [a-z]+))?';
export const TITLE = `(?:(?:senior|executive|managing|general|regional|national|global|assistant|deputy|interim|vice) )?(?:chief [a-z]+ officer|c[efotimpra]o|ciso|chro|(?:svp|evp|avp|vp|head|director|chief|dean) of ${AREA}|(?:[a-z]+ )?(?:vp|president|director|manager|supervisor|coordinator|analyst|engineer|administrator|counsel|controller|architect|lead|partner|officer)|(?:co ?)?founder|owner|principal|superintendent|treasurer|attorney|lawyer|accountant|buyer|boss|chair(?:man|woman|person)?)`;

/** As it is written: "cfo" is CFO, "vp of sales" VP of sales. */
export const sayTitle = (title: string): string =>
  title.trim().replace(/\b(?:c[efotimpra]o|ciso|chro|svp|evp|avp|vp|it|hr)\b/g, (word) => word.toUpperCase());
