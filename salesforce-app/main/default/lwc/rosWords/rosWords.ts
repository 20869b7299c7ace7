import after from '@salesforce/label/c.ROS_After';
import approve from '@salesforce/label/c.ROS_Approve';
import approveAll from '@salesforce/label/c.ROS_Approve_All';
import approveCopy from '@salesforce/label/c.ROS_Approve_Copy';
import body from '@salesforce/label/c.ROS_Body';
import briefAsk from '@salesforce/label/c.ROS_Brief_Ask';
import briefCall from '@salesforce/label/c.ROS_Brief_Call';
import briefCallAt from '@salesforce/label/c.ROS_Brief_Call_At';
import briefContacts from '@salesforce/label/c.ROS_Brief_Contacts';
import briefDates from '@salesforce/label/c.ROS_Brief_Dates';
import briefField from '@salesforce/label/c.ROS_Brief_Field';
import briefHide from '@salesforce/label/c.ROS_Brief_Hide';
import briefMe from '@salesforce/label/c.ROS_Brief_Me';
import briefMeeting from '@salesforce/label/c.ROS_Brief_Meeting';
import briefMethod from '@salesforce/label/c.ROS_Brief_Method';
import briefNew from '@salesforce/label/c.ROS_Brief_New';
import briefOverdue from '@salesforce/label/c.ROS_Brief_Overdue';
import briefPromised from '@salesforce/label/c.ROS_Brief_Promised';
import briefQuote from '@salesforce/label/c.ROS_Brief_Quote';
import briefTitle from '@salesforce/label/c.ROS_Brief_Title';
import briefWatch from '@salesforce/label/c.ROS_Brief_Watch';
import briefWho from '@salesforce/label/c.ROS_Brief_Who';
import callEnded from '@salesforce/label/c.ROS_Call_Ended';
import cancel from '@salesforce/label/c.ROS_Cancel';
import changes from '@salesforce/label/c.ROS_Changes';
import changesNone from '@salesforce/label/c.ROS_Changes_None';
import choose from '@salesforce/label/c.ROS_Choose';
import clear from '@salesforce/label/c.ROS_Clear';
import consentAnnounced from '@salesforce/label/c.ROS_Consent_Announced';
import consentAsk from '@salesforce/label/c.ROS_Consent_Ask';
import consentBack from '@salesforce/label/c.ROS_Consent_Back';
import consentExpired from '@salesforce/label/c.ROS_Consent_Expired';
import consentGranted from '@salesforce/label/c.ROS_Consent_Granted';
import consentNo from '@salesforce/label/c.ROS_Consent_No';
import consentOff from '@salesforce/label/c.ROS_Consent_Off';
import consentRefused from '@salesforce/label/c.ROS_Consent_Refused';
import consentUnknown from '@salesforce/label/c.ROS_Consent_Unknown';
import consentYes from '@salesforce/label/c.ROS_Consent_Yes';
import conversationEmpty from '@salesforce/label/c.ROS_Conversation_Empty';
import conversationEmptyLine from '@salesforce/label/c.ROS_Conversation_Empty_Line';
import conversationLive from '@salesforce/label/c.ROS_Conversation_Live';
import conversationLiveLine from '@salesforce/label/c.ROS_Conversation_Live_Line';
import conversationTitle from '@salesforce/label/c.ROS_Conversation_Title';
import copied from '@salesforce/label/c.ROS_Copied';
import copy from '@salesforce/label/c.ROS_Copy';
import copyFailed from '@salesforce/label/c.ROS_Copy_Failed';
import customer from '@salesforce/label/c.ROS_Customer';
import decline from '@salesforce/label/c.ROS_Decline';
import declineChange from '@salesforce/label/c.ROS_Decline_Change';
import destroyCall from '@salesforce/label/c.ROS_Destroy';
import destroyLine from '@salesforce/label/c.ROS_Destroy_Line';
import destroyNo from '@salesforce/label/c.ROS_Destroy_No';
import destroyTitle from '@salesforce/label/c.ROS_Destroy_Title';
import destroyYes from '@salesforce/label/c.ROS_Destroy_Yes';
import destroyed from '@salesforce/label/c.ROS_Destroyed';
import destroyedLine from '@salesforce/label/c.ROS_Destroyed_Line';
import destroyedStands from '@salesforce/label/c.ROS_Destroyed_Stands';
import discard from '@salesforce/label/c.ROS_Discard';
import dismiss from '@salesforce/label/c.ROS_Dismiss';
import due from '@salesforce/label/c.ROS_Due';
import elsewhere from '@salesforce/label/c.ROS_Elsewhere';
import emailHint from '@salesforce/label/c.ROS_Email_Hint';
import emailTitle from '@salesforce/label/c.ROS_Email_Title';
import emailTo from '@salesforce/label/c.ROS_Email_To';
import facts from '@salesforce/label/c.ROS_Facts';
import failed from '@salesforce/label/c.ROS_Failed';
import flagged from '@salesforce/label/c.ROS_Flagged';
import flaggedAt from '@salesforce/label/c.ROS_Flagged_At';
import goOn from '@salesforce/label/c.ROS_Go_On';
import guidance from '@salesforce/label/c.ROS_Guidance';
import heardBy from '@salesforce/label/c.ROS_Heard_By';
import hedged from '@salesforce/label/c.ROS_Hedged';
import joined from '@salesforce/label/c.ROS_Joined';
import joinedAsk from '@salesforce/label/c.ROS_Joined_Ask';
import keys from '@salesforce/label/c.ROS_Keys';
import kindAddNote from '@salesforce/label/c.ROS_Kind_Add_Note';
import kindAddTask from '@salesforce/label/c.ROS_Kind_Add_Task';
import kindDraftEmail from '@salesforce/label/c.ROS_Kind_Draft_Email';
import kindLogCall from '@salesforce/label/c.ROS_Kind_Log_Call';
import kindMoveStage from '@salesforce/label/c.ROS_Kind_Move_Stage';
import kindRemove from '@salesforce/label/c.ROS_Kind_Remove';
import linkConnecting from '@salesforce/label/c.ROS_Link_Connecting';
import linkPolling from '@salesforce/label/c.ROS_Link_Polling';
import listenLine from '@salesforce/label/c.ROS_Listen_Line';
import listenOpen from '@salesforce/label/c.ROS_Listen_Open';
import listenStart from '@salesforce/label/c.ROS_Listen_Start';
import listening from '@salesforce/label/c.ROS_Listening';
import listeningLine from '@salesforce/label/c.ROS_Listening_Line';
import liveSpend from '@salesforce/label/c.ROS_Live_Spend';
import liveTitle from '@salesforce/label/c.ROS_Live_Title';
import loading from '@salesforce/label/c.ROS_Loading';
import micAsk from '@salesforce/label/c.ROS_Mic_Ask';
import micBroken from '@salesforce/label/c.ROS_Mic_Broken';
import micBusy from '@salesforce/label/c.ROS_Mic_Busy';
import micConnecting from '@salesforce/label/c.ROS_Mic_Connecting';
import micCut from '@salesforce/label/c.ROS_Mic_Cut';
import micDevice from '@salesforce/label/c.ROS_Mic_Device';
import micEnded from '@salesforce/label/c.ROS_Mic_Ended';
import micEveryone from '@salesforce/label/c.ROS_Mic_Everyone';
import micForbidden from '@salesforce/label/c.ROS_Mic_Forbidden';
import micGone from '@salesforce/label/c.ROS_Mic_Gone';
import micHeard from '@salesforce/label/c.ROS_Mic_Heard';
import micLevel from '@salesforce/label/c.ROS_Mic_Level';
import micLost from '@salesforce/label/c.ROS_Mic_Lost';
import micNone from '@salesforce/label/c.ROS_Mic_None';
import micOff from '@salesforce/label/c.ROS_Mic_Off';
import micRefused from '@salesforce/label/c.ROS_Mic_Refused';
import micRep from '@salesforce/label/c.ROS_Mic_Rep';
import micStart from '@salesforce/label/c.ROS_Mic_Start';
import micStop from '@salesforce/label/c.ROS_Mic_Stop';
import micTaken from '@salesforce/label/c.ROS_Mic_Taken';
import micTooLong from '@salesforce/label/c.ROS_Mic_Too_Long';
import micUnsupported from '@salesforce/label/c.ROS_Mic_Unsupported';
import micWaiting from '@salesforce/label/c.ROS_Mic_Waiting';
import minutes from '@salesforce/label/c.ROS_Minutes';
import moments from '@salesforce/label/c.ROS_Moments';
import nextTitle from '@salesforce/label/c.ROS_Next_Title';
import noDate from '@salesforce/label/c.ROS_No_Date';
import noPermission from '@salesforce/label/c.ROS_No_Permission';
import notConnected from '@salesforce/label/c.ROS_Not_Connected';
import notUndone from '@salesforce/label/c.ROS_Not_Undone';
import notWritten from '@salesforce/label/c.ROS_Not_Written';
import openMoment from '@salesforce/label/c.ROS_Open_Moment';
import other from '@salesforce/label/c.ROS_Other';
import ownDestroy from '@salesforce/label/c.ROS_Own_Destroy';
import ownPrivate from '@salesforce/label/c.ROS_Own_Private';
import ownShare from '@salesforce/label/c.ROS_Own_Share';
import people from '@salesforce/label/c.ROS_People';
import peopleNone from '@salesforce/label/c.ROS_People_None';
import planLimit from '@salesforce/label/c.ROS_Plan_Limit';
import playCompetitor from '@salesforce/label/c.ROS_Play_Competitor';
import playCompliance from '@salesforce/label/c.ROS_Play_Compliance';
import playObjection from '@salesforce/label/c.ROS_Play_Objection';
import playPrice from '@salesforce/label/c.ROS_Play_Price';
import playQuestion from '@salesforce/label/c.ROS_Play_Question';
import makePrivate from '@salesforce/label/c.ROS_Private';
import privateCall from '@salesforce/label/c.ROS_Private_Call';
import isPrivate from '@salesforce/label/c.ROS_Private_Done';
import probablyCustomer from '@salesforce/label/c.ROS_Probably_Customer';
import probablyYou from '@salesforce/label/c.ROS_Probably_You';
import retry from '@salesforce/label/c.ROS_Retry';
import retryChange from '@salesforce/label/c.ROS_Retry_Change';
import reviewCopy from '@salesforce/label/c.ROS_Review_Copy';
import snooze from '@salesforce/label/c.ROS_Snooze';
import stale from '@salesforce/label/c.ROS_Stale';
import stateApproved from '@salesforce/label/c.ROS_State_Approved';
import stateDeclined from '@salesforce/label/c.ROS_State_Declined';
import stateParked from '@salesforce/label/c.ROS_State_Parked';
import stateShadow from '@salesforce/label/c.ROS_State_Shadow';
import stateSuperseded from '@salesforce/label/c.ROS_State_Superseded';
import stateUndoing from '@salesforce/label/c.ROS_State_Undoing';
import stateUndone from '@salesforce/label/c.ROS_State_Undone';
import stateWaiting from '@salesforce/label/c.ROS_State_Waiting';
import stateWriting from '@salesforce/label/c.ROS_State_Writing';
import stateWritten from '@salesforce/label/c.ROS_State_Written';
import subject from '@salesforce/label/c.ROS_Subject';
import summary from '@salesforce/label/c.ROS_Summary';
import talk from '@salesforce/label/c.ROS_Talk';
import talkLine from '@salesforce/label/c.ROS_Talk_Line';
import talkShare from '@salesforce/label/c.ROS_Talk_Share';
import tasks from '@salesforce/label/c.ROS_Tasks';
import tasksNone from '@salesforce/label/c.ROS_Tasks_None';
import trouble from '@salesforce/label/c.ROS_Trouble';
import undo from '@salesforce/label/c.ROS_Undo';
import unreadable from '@salesforce/label/c.ROS_Unreadable';
import unreadableTodo from '@salesforce/label/c.ROS_Unreadable_Todo';
import used from '@salesforce/label/c.ROS_Used';
import utilityEmpty from '@salesforce/label/c.ROS_Utility_Empty';
import utilityEmptyLine from '@salesforce/label/c.ROS_Utility_Empty_Line';
import was from '@salesforce/label/c.ROS_Was';
import why from '@salesforce/label/c.ROS_Why';
import whyLine from '@salesforce/label/c.ROS_Why_Line';
import willBe from '@salesforce/label/c.ROS_Will_Be';
import windowGo from '@salesforce/label/c.ROS_Window_Go';
import windowOpen from '@salesforce/label/c.ROS_Window_Open';
import withWhom from '@salesforce/label/c.ROS_With_Whom';
import working from '@salesforce/label/c.ROS_Working';
import workingLine from '@salesforce/label/c.ROS_Working_Line';
import writtenAuto from '@salesforce/label/c.ROS_Written_Auto';
import writtenBy from '@salesforce/label/c.ROS_Written_By';
import writtenColleague from '@salesforce/label/c.ROS_Written_Colleague';
import writtenYou from '@salesforce/label/c.ROS_Written_You';
import you from '@salesforce/label/c.ROS_You';

/** Every sentence on the cards. Administrators translate them as custom labels. `{0}` marks a slot for `fill`. */
export const words = {
  briefAsk,
  briefCall,
  briefCallAt,
  briefContacts,
  briefDates,
  briefField,
  briefHide,
  briefMe,
  briefMeeting,
  briefMethod,
  briefNew,
  briefOverdue,
  briefPromised,
  briefQuote,
  briefTitle,
  briefWatch,
  briefWho,
  nextTitle,
  liveTitle,
  loading,
  working,
  workingLine,
  after,
  approve,
  approveAll,
  decline,
  declineChange,
  reviewCopy,
  approveCopy,
  cancel,
  copy,
  copied,
  copyFailed,
  retry,
  retryChange,
  discard,
  undo,
  choose,
  openMoment,
  stateWaiting,
  stateWriting,
  stateWritten,
  stateApproved,
  stateDeclined,
  stateParked,
  stateSuperseded,
  stateShadow,
  stateUndone,
  stateUndoing,
  notWritten,
  notUndone,
  writtenAuto,
  writtenBy,
  writtenYou,
  writtenColleague,
  kindLogCall,
  kindAddNote,
  kindAddTask,
  kindMoveStage,
  kindRemove,
  kindDraftEmail,
  was,
  willBe,
  due,
  emailTo,
  subject,
  body,
  emailTitle,
  emailHint,
  notConnected,
  noPermission,
  planLimit,
  stale,
  trouble,
  unreadable,
  unreadableTodo,
  elsewhere,
  consentUnknown,
  consentAnnounced,
  consentGranted,
  consentRefused,
  consentAsk,
  consentYes,
  consentNo,
  consentOff,
  consentBack,
  consentExpired,
  destroyCall,
  makePrivate,
  isPrivate,
  listenLine,
  listenOpen,
  listenStart,
  micAsk,
  micBroken,
  micBusy,
  micConnecting,
  micCut,
  micDevice,
  micEnded,
  micEveryone,
  micForbidden,
  micGone,
  micHeard,
  micLevel,
  micLost,
  micNone,
  micOff,
  micRefused,
  micRep,
  micStart,
  micStop,
  micTaken,
  micTooLong,
  micUnsupported,
  micWaiting,
  listening,
  listeningLine,
  used,
  dismiss,
  snooze,
  why,
  whyLine,
  keys,
  guidance,
  talkShare,
  liveSpend,
  linkPolling,
  linkConnecting,
  callEnded,
  utilityEmpty,
  utilityEmptyLine,
  playPrice,
  playObjection,
  playCompetitor,
  playQuestion,
  playCompliance,
  you,
  customer,
  other,
  conversationTitle,
  clear,
  conversationEmpty,
  conversationEmptyLine,
  conversationLive,
  conversationLiveLine,
  failed,
  summary,
  changes,
  changesNone,
  tasks,
  tasksNone,
  talk,
  talkLine,
  people,
  peopleNone,
  facts,
  moments,
  privateCall,
  minutes,
  withWhom,
  hedged,
  noDate,
  joined,
  joinedAsk,
  ownPrivate,
  ownShare,
  ownDestroy,
  destroyTitle,
  destroyLine,
  destroyYes,
  destroyNo,
  destroyed,
  destroyedLine,
  destroyedStands,
  goOn,
  probablyYou,
  probablyCustomer,
  heardBy,
  windowOpen,
  windowGo,
  flagged,
  flaggedAt,
};

/** The sentence with its slots filled, in order. */
export const fill = (sentence: string, ...slots: readonly (string | number)[]): string =>
  sentence.replace(/\{(\d)\}/g, (whole, at: string) => String(slots[Number(at)] ?? whole));
