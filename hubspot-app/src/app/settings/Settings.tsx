// HubSpot wants the entry in the component's own folder; what it shows shares the cards' parts.
import '@ros/cards/Settings.tsx';
