import accepted from '@salesforce/label/c.ROS_People_Accepted';
import active from '@salesforce/label/c.ROS_People_Active';
import approved from '@salesforce/label/c.ROS_People_Approved';
import ask from '@salesforce/label/c.ROS_People_Ask';
import askedFor from '@salesforce/label/c.ROS_People_Asked_For';
import cites from '@salesforce/label/c.ROS_People_Cites';
import cold from '@salesforce/label/c.ROS_People_Cold';
import cooling from '@salesforce/label/c.ROS_People_Cooling';
import copyAgain from '@salesforce/label/c.ROS_People_Copy_Again';
import declined from '@salesforce/label/c.ROS_People_Declined';
import done from '@salesforce/label/c.ROS_People_Done';
import dormant from '@salesforce/label/c.ROS_People_Dormant';
import draft from '@salesforce/label/c.ROS_People_Draft';
import expired from '@salesforce/label/c.ROS_People_Expired';
import forwarded from '@salesforce/label/c.ROS_People_Forwarded';
import hop from '@salesforce/label/c.ROS_People_Hop';
import know from '@salesforce/label/c.ROS_People_Know';
import looking from '@salesforce/label/c.ROS_People_Looking';
import lost from '@salesforce/label/c.ROS_People_Lost';
import meeting from '@salesforce/label/c.ROS_People_Meeting';
import none from '@salesforce/label/c.ROS_People_None';
import noneLine from '@salesforce/label/c.ROS_People_None_Line';
import notNow from '@salesforce/label/c.ROS_People_Not_Now';
import noteTitle from '@salesforce/label/c.ROS_People_Note_Title';
import nothingSent from '@salesforce/label/c.ROS_People_Nothing_Sent';
import openMail from '@salesforce/label/c.ROS_People_Open_Mail';
import opportunity from '@salesforce/label/c.ROS_People_Opportunity';
import quiet from '@salesforce/label/c.ROS_People_Quiet';
import remindLine from '@salesforce/label/c.ROS_People_Remind_Line';
import replied from '@salesforce/label/c.ROS_People_Replied';
import requested from '@salesforce/label/c.ROS_People_Requested';
import reviewNote from '@salesforce/label/c.ROS_People_Review_Note';
import sayForwarded from '@salesforce/label/c.ROS_People_Say_Forwarded';
import sayMeeting from '@salesforce/label/c.ROS_People_Say_Meeting';
import sayOpportunity from '@salesforce/label/c.ROS_People_Say_Opportunity';
import sayRemind from '@salesforce/label/c.ROS_People_Say_Remind';
import sayReplied from '@salesforce/label/c.ROS_People_Say_Replied';
import sayWithdraw from '@salesforce/label/c.ROS_People_Say_Withdraw';
import showNote from '@salesforce/label/c.ROS_People_Show_Note';
import strong from '@salesforce/label/c.ROS_People_Strong';
import title from '@salesforce/label/c.ROS_People_Title';
import underWay from '@salesforce/label/c.ROS_People_Under_Way';
import warm from '@salesforce/label/c.ROS_People_Warm';
import weak from '@salesforce/label/c.ROS_People_Weak';
import weakest from '@salesforce/label/c.ROS_People_Weakest';
import won from '@salesforce/label/c.ROS_People_Won';

/** Every sentence about who knows whom. Administrators translate them as custom labels. `{0}` marks a slot for `fill`. */
export const peopleWords = {
  accepted,
  active,
  approved,
  ask,
  askedFor,
  cites,
  cold,
  cooling,
  copyAgain,
  declined,
  done,
  dormant,
  draft,
  expired,
  forwarded,
  hop,
  know,
  looking,
  lost,
  meeting,
  none,
  noneLine,
  notNow,
  noteTitle,
  nothingSent,
  openMail,
  opportunity,
  quiet,
  remindLine,
  replied,
  requested,
  reviewNote,
  sayForwarded,
  sayMeeting,
  sayOpportunity,
  sayRemind,
  sayReplied,
  sayWithdraw,
  showNote,
  strong,
  title,
  underWay,
  warm,
  weak,
  weakest,
  won,
};
