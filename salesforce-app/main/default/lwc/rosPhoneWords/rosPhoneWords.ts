import ask from '@salesforce/label/c.ROS_Phone_Ask';
import call from '@salesforce/label/c.ROS_Phone_Call';
import hangUp from '@salesforce/label/c.ROS_Phone_Hang_Up';
import incoming from '@salesforce/label/c.ROS_Phone_Incoming';
import noAccount from '@salesforce/label/c.ROS_Phone_No_Account';
import noNumbers from '@salesforce/label/c.ROS_Phone_No_Numbers';
import noRecord from '@salesforce/label/c.ROS_Phone_No_Record';
import over from '@salesforce/label/c.ROS_Phone_Over';
import ringing from '@salesforce/label/c.ROS_Phone_Ringing';
import ringingYou from '@salesforce/label/c.ROS_Phone_Ringing_You';
import save from '@salesforce/label/c.ROS_Phone_Save';
import talking from '@salesforce/label/c.ROS_Phone_Talking';
import title from '@salesforce/label/c.ROS_Phone_Title';
import yours from '@salesforce/label/c.ROS_Phone_Yours';

/** Every sentence of the phone. Administrators translate them as custom labels. `{0}` marks a slot for `fill`. */
export const phoneWords = {
  ask,
  call,
  hangUp,
  incoming,
  noAccount,
  noNumbers,
  noRecord,
  over,
  ringing,
  ringingYou,
  save,
  talking,
  title,
  yours,
};
