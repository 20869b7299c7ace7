import budgetBad from '@salesforce/label/c.ROS_Budget_Bad';
import budgetHelp from '@salesforce/label/c.ROS_Budget_Help';
import budgetMinutes from '@salesforce/label/c.ROS_Budget_Minutes';
import budgetSave from '@salesforce/label/c.ROS_Budget_Save';
import budgetSaved from '@salesforce/label/c.ROS_Budget_Saved';
import budgetUsd from '@salesforce/label/c.ROS_Budget_Usd';
import heard from '@salesforce/label/c.ROS_Heard';
import heardLine from '@salesforce/label/c.ROS_Heard_Line';
import heardNone from '@salesforce/label/c.ROS_Heard_None';
import heardNote from '@salesforce/label/c.ROS_Heard_Note';
import missed from '@salesforce/label/c.ROS_Missed';
import missedConsent from '@salesforce/label/c.ROS_Missed_Consent';
import missedDestroyed from '@salesforce/label/c.ROS_Missed_Destroyed';
import missedErased from '@salesforce/label/c.ROS_Missed_Erased';
import missedFailed from '@salesforce/label/c.ROS_Missed_Failed';
import missedNever from '@salesforce/label/c.ROS_Missed_Never';
import missedPlan from '@salesforce/label/c.ROS_Missed_Plan';
import missedRefused from '@salesforce/label/c.ROS_Missed_Refused';
import missedWords from '@salesforce/label/c.ROS_Missed_Words';
import month from '@salesforce/label/c.ROS_Month';
import monthLine from '@salesforce/label/c.ROS_Month_Line';
import monthModel from '@salesforce/label/c.ROS_Month_Model';
import monthModelMore from '@salesforce/label/c.ROS_Month_Model_More';
import monthModelUsed from '@salesforce/label/c.ROS_Month_Model_Used';
import monthNone from '@salesforce/label/c.ROS_Month_None';
import monthOverModel from '@salesforce/label/c.ROS_Month_Over_Model';
import monthOverSpeech from '@salesforce/label/c.ROS_Month_Over_Speech';
import monthPrices from '@salesforce/label/c.ROS_Month_Prices';
import monthSpeech from '@salesforce/label/c.ROS_Month_Speech';
import monthSpeechMore from '@salesforce/label/c.ROS_Month_Speech_More';
import monthSpeechUsed from '@salesforce/label/c.ROS_Month_Speech_Used';
import ownWords from '@salesforce/label/c.ROS_Names';
import ownWordsHelp from '@salesforce/label/c.ROS_Names_Help';
import ownWordsLabel from '@salesforce/label/c.ROS_Names_Label';
import ownWordsSave from '@salesforce/label/c.ROS_Names_Save';
import never from '@salesforce/label/c.ROS_Never';
import neverHelp from '@salesforce/label/c.ROS_Never_Help';
import neverLabel from '@salesforce/label/c.ROS_Never_Label';
import neverSave from '@salesforce/label/c.ROS_Never_Save';
import office from '@salesforce/label/c.ROS_Office';
import officeNone from '@salesforce/label/c.ROS_Office_None';
import ask from '@salesforce/label/c.ROS_Platform_Ask';
import connect from '@salesforce/label/c.ROS_Platform_Connect';
import connectAgain from '@salesforce/label/c.ROS_Platform_Connect_Again';
import disconnect from '@salesforce/label/c.ROS_Platform_Disconnect';
import goOn from '@salesforce/label/c.ROS_Platform_Go_On';
import no from '@salesforce/label/c.ROS_Platform_No';
import yes from '@salesforce/label/c.ROS_Platform_Yes';
import saved from '@salesforce/label/c.ROS_Saved';
import consent from '@salesforce/label/c.ROS_Setup_Consent';
import consentLine from '@salesforce/label/c.ROS_Setup_Consent_Line';
import consentSave from '@salesforce/label/c.ROS_Setup_Consent_Save';
import title from '@salesforce/label/c.ROS_Setup_Title';
import again from '@salesforce/label/c.ROS_Source_Again';
import browser from '@salesforce/label/c.ROS_Source_Browser';
import connected from '@salesforce/label/c.ROS_Source_Connected';
import lacks from '@salesforce/label/c.ROS_Source_Lacks';
import open from '@salesforce/label/c.ROS_Source_Open';
import ready from '@salesforce/label/c.ROS_Source_Ready';
import teams from '@salesforce/label/c.ROS_Source_Teams';
import telephone from '@salesforce/label/c.ROS_Source_Telephone';
import upload from '@salesforce/label/c.ROS_Source_Upload';
import zoom from '@salesforce/label/c.ROS_Source_Zoom';
import sources from '@salesforce/label/c.ROS_Sources';
import loading from '@salesforce/label/c.ROS_Sources_Loading';
import strict from '@salesforce/label/c.ROS_Strict';
import strictAnnounced from '@salesforce/label/c.ROS_Strict_Announced';
import strictLaw from '@salesforce/label/c.ROS_Strict_Law';
import strictTold from '@salesforce/label/c.ROS_Strict_Told';
import strictYes from '@salesforce/label/c.ROS_Strict_Yes';

/** Every sentence of the setup tab; see rosWords. */
export const setupWords = {
  title,
  sources,
  loading,
  telephone,
  browser,
  zoom,
  teams,
  upload,
  connected,
  ready,
  open,
  lacks,
  again,
  connect,
  connectAgain,
  disconnect,
  ask,
  yes,
  no,
  goOn,
  consent,
  consentLine,
  office,
  officeNone,
  strict,
  strictLaw,
  strictAnnounced,
  strictTold,
  strictYes,
  consentSave,
  never,
  neverLabel,
  neverHelp,
  neverSave,
  saved,
  heard,
  heardLine,
  heardNone,
  heardNote,
  missed,
  missedNever,
  missedPlan,
  missedConsent,
  missedRefused,
  missedDestroyed,
  missedErased,
  missedWords,
  missedFailed,
  ownWords,
  ownWordsLabel,
  ownWordsHelp,
  ownWordsSave,
  month,
  monthLine,
  monthNone,
  monthSpeech,
  monthSpeechUsed,
  monthSpeechMore,
  monthModel,
  monthModelUsed,
  monthModelMore,
  monthOverSpeech,
  monthOverModel,
  monthPrices,
  budgetMinutes,
  budgetUsd,
  budgetHelp,
  budgetSave,
  budgetBad,
  budgetSaved,
};
