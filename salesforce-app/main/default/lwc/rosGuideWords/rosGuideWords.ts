import asideMeans from '@salesforce/label/c.ROS_Aside_Means';
import bringBack from '@salesforce/label/c.ROS_Bring_Back';
import byRule from '@salesforce/label/c.ROS_By_Rule';
import checklist from '@salesforce/label/c.ROS_Checklist';
import doneDismissed from '@salesforce/label/c.ROS_Done_Dismissed';
import doneLess from '@salesforce/label/c.ROS_Done_Less';
import doneMuted from '@salesforce/label/c.ROS_Done_Muted';
import doneNever from '@salesforce/label/c.ROS_Done_Never';
import doneSnoozed from '@salesforce/label/c.ROS_Done_Snoozed';
import doneUsed from '@salesforce/label/c.ROS_Done_Used';
import fillLine from '@salesforce/label/c.ROS_Fill_Line';
import less from '@salesforce/label/c.ROS_Less';
import mine from '@salesforce/label/c.ROS_Mine';
import mineNone from '@salesforce/label/c.ROS_Mine_None';
import mineOnly from '@salesforce/label/c.ROS_Mine_Only';
import more from '@salesforce/label/c.ROS_More';
import neverHere from '@salesforce/label/c.ROS_Never_Here';
import neverMine from '@salesforce/label/c.ROS_Never_Mine';
import past from '@salesforce/label/c.ROS_Past';
import pastCollapsed from '@salesforce/label/c.ROS_Past_Collapsed';
import pastDismissed from '@salesforce/label/c.ROS_Past_Dismissed';
import pastLess from '@salesforce/label/c.ROS_Past_Less';
import pastLine from '@salesforce/label/c.ROS_Past_Line';
import pastMuted from '@salesforce/label/c.ROS_Past_Muted';
import pastNever from '@salesforce/label/c.ROS_Past_Never';
import pastReplaced from '@salesforce/label/c.ROS_Past_Replaced';
import pastSnoozed from '@salesforce/label/c.ROS_Past_Snoozed';
import pastUsed from '@salesforce/label/c.ROS_Past_Used';
import pin from '@salesforce/label/c.ROS_Pin';
import pinned from '@salesforce/label/c.ROS_Pinned';
import pinnedLine from '@salesforce/label/c.ROS_Pinned_Line';
import quiet from '@salesforce/label/c.ROS_Quiet';
import quietCritical from '@salesforce/label/c.ROS_Quiet_Critical';
import quietFull from '@salesforce/label/c.ROS_Quiet_Full';
import rule from '@salesforce/label/c.ROS_Rule';
import ruleActed from '@salesforce/label/c.ROS_Rule_Acted';
import ruleAside from '@salesforce/label/c.ROS_Rule_Aside';
import ruleDismissed from '@salesforce/label/c.ROS_Rule_Dismissed';
import ruleFew from '@salesforce/label/c.ROS_Rule_Few';
import ruleShown from '@salesforce/label/c.ROS_Rule_Shown';
import ruleToScreen from '@salesforce/label/c.ROS_Rule_To_Screen';
import rules from '@salesforce/label/c.ROS_Rules';
import rulesAll from '@salesforce/label/c.ROS_Rules_All';
import rulesFew from '@salesforce/label/c.ROS_Rules_Few';
import rulesHelp from '@salesforce/label/c.ROS_Rules_Help';
import rulesLoading from '@salesforce/label/c.ROS_Rules_Loading';
import rulesNone from '@salesforce/label/c.ROS_Rules_None';
import rulesNotYours from '@salesforce/label/c.ROS_Rules_Not_Yours';
import showAgain from '@salesforce/label/c.ROS_Show_Again';
import silenced from '@salesforce/label/c.ROS_Silenced';
import sure from '@salesforce/label/c.ROS_Sure';
import thenAsk from '@salesforce/label/c.ROS_Then_Ask';
import tickedBy from '@salesforce/label/c.ROS_Ticked_By';
import tickedByYou from '@salesforce/label/c.ROS_Ticked_By_You';
import times from '@salesforce/label/c.ROS_Times';
import unpin from '@salesforce/label/c.ROS_Unpin';

/** Every sentence about cards on a call and how they do; see rosWords. */
export const guideWords = {
  more,
  pin,
  unpin,
  pinned,
  less,
  neverHere,
  neverMine,
  thenAsk,
  times,
  sure,
  byRule,
  doneUsed,
  doneDismissed,
  doneSnoozed,
  doneLess,
  doneMuted,
  doneNever,
  past,
  pastLine,
  pastUsed,
  pastDismissed,
  pastSnoozed,
  pastLess,
  pastMuted,
  pastNever,
  pastReplaced,
  pastCollapsed,
  pinnedLine,
  checklist,
  tickedByYou,
  tickedBy,
  fillLine,
  quiet,
  quietCritical,
  quietFull,
  rules,
  rulesHelp,
  rulesNone,
  rulesNotYours,
  rulesAll,
  rule,
  ruleShown,
  ruleDismissed,
  ruleActed,
  ruleToScreen,
  ruleAside,
  ruleFew,
  rulesFew,
  asideMeans,
  bringBack,
  mine,
  mineOnly,
  mineNone,
  silenced,
  showAgain,
  rulesLoading,
};
